package io.mlopscore.pipeline.config;

import io.mlopscore.pipeline.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The text of one settings file. Changes touch only the lines that they are about, so that
/// comments and the writing of the others stay; what is new is written as `dvc` writes it.
public final class ConfigFile {
  private static final Pattern HEADER =
      Pattern.compile("\\s*\\[\\s*(\"[^\"]*\"|'[^']*'|[^'\"\\s].*?)\\s*]\\s*(?:#.*)?");
  private static final Pattern OPTION =
      Pattern.compile("(\\s*)(\"[^\"]*\"|'[^']*'|[^'\"=].*?)\\s*=\\s*(.*)");
  private static final String INDENT = "    ";

  /// @param line counted from 0
  /// @param start where the value begins in the line
  private record Option(ConfigSection section, String key, String value, int line, int start) {}

  private final String name;
  private final List<String> lines;
  private final Map<ConfigSection, Integer> headers = new LinkedHashMap<>();
  private final List<Option> options = new ArrayList<>();

  private ConfigFile(String name, List<String> lines) {
    this.name = name;
    this.lines = List.copyOf(lines);
    parse();
  }

  /// @param name of the file, for messages
  /// @throws ConfigException when a line is neither section, option nor comment
  public static ConfigFile parse(String text, String name) {
    return new ConfigFile(name, text.lines().toList());
  }

  private void parse() {
    var section = ConfigSection.of("");
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      var where = "%s:%d".formatted(name, i + 1);
      var header = HEADER.matcher(line);
      var option = OPTION.matcher(line);
      if (header.matches()) {
        section = ConfigSection.parse(unquote(header.group(1)));
        if (headers.put(section, i) != null) {
          throw new ConfigException(where + ": the section stands there twice");
        }
      } else if (option.matches()) {
        addOption(section, option, i, where);
      } else {
        throw new ConfigException(where + ": neither a [section] nor 'option = value'");
      }
    }
  }

  private void addOption(
      ConfigSection section, java.util.regex.Matcher option, int line, String where) {
    var key = unquote(option.group(2)).toLowerCase(Locale.ROOT);
    var value = ConfigText.read(option.group(3), where);
    if (value.isList() && !key.equals("type")) {
      throw new ConfigException(where + ": a value with a comma must stand in quotes");
    }
    if (find(section, key).isPresent()) {
      throw new ConfigException(where + ": the option stands there twice");
    }
    options.add(new Option(section, key, value.text(), line, option.start(3)));
  }

  private static String unquote(String text) {
    boolean quoted = text.startsWith("'") || text.startsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).strip() : text;
  }

  private Optional<Option> find(ConfigSection section, String key) {
    return options.stream()
        .filter(option -> option.section.equals(section) && option.key.equals(key))
        .findFirst();
  }

  public String text() {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /// The options as they are written: paths are relative to the file.
  public Settings settings() {
    var sections = new LinkedHashMap<ConfigSection, Map<String, String>>();
    headers.keySet().forEach(section -> sections.put(section, new LinkedHashMap<>()));
    for (var option : options) {
      sections
          .computeIfAbsent(option.section, _ -> new LinkedHashMap<>())
          .put(option.key, option.value);
    }
    return new Settings(sections);
  }

  /// With an option set, in its place or at the end of its section.
  public ConfigFile with(ConfigSection section, String key, String value) {
    var changed = new ArrayList<>(lines);
    var present = find(section, key);
    if (present.isPresent()) {
      var option = present.get();
      var line = lines.get(option.line);
      int length = ConfigText.read(line.substring(option.start), name).length();
      var rest = line.substring(option.start + length);
      changed.set(option.line, line.substring(0, option.start) + ConfigText.quote(value) + rest);
    } else if (headers.containsKey(section)) {
      changed.add(lastLine(section) + 1, INDENT + ConfigText.quote(key) + " = " + quoted(value));
    } else {
      int at = place(section);
      changed.add(at, section.header());
      changed.add(at + 1, INDENT + ConfigText.quote(key) + " = " + quoted(value));
    }
    return new ConfigFile(name, changed);
  }

  private static String quoted(String value) {
    return ConfigText.quote(value);
  }

  /// The last line of a section that says something.
  private int lastLine(ConfigSection section) {
    int last = headers.getOrDefault(section, -1);
    for (var option : options) {
      last = option.section.equals(section) ? option.line : last;
    }
    return last;
  }

  /// In the files that `dvc` writes plain sections come first, then the remotes.
  private int place(ConfigSection section) {
    return headers.keySet().stream()
        .filter(other -> ConfigSection.KINDS.compare(other, section) > 0)
        .findFirst()
        .map(this::start)
        .orElse(lines.size());
  }

  /// Where a section begins, with the comments right above it.
  private int start(ConfigSection section) {
    int at = headers.getOrDefault(section, 0);
    while (at > 0 && lines.get(at - 1).startsWith("#")) {
      at--;
    }
    return at;
  }

  /// Without an option; a plain section that has none left goes too.
  public ConfigFile without(ConfigSection section, String key) {
    var option = find(section, key);
    if (option.isEmpty()) {
      return this;
    }
    var changed = new ArrayList<>(lines);
    changed.remove(option.get().line);
    var shorter = new ConfigFile(name, changed);
    boolean empty = shorter.options.stream().noneMatch(other -> other.section.equals(section));
    return empty && !section.isNamed() ? shorter.without(section) : shorter;
  }

  /// Without a section and what is in it.
  public ConfigFile without(ConfigSection section) {
    if (!headers.containsKey(section)) {
      return this;
    }
    var changed = new ArrayList<>(lines);
    changed.subList(headers.getOrDefault(section, 0), end(section)).clear();
    return new ConfigFile(name, changed);
  }

  private int end(ConfigSection section) {
    int header = headers.getOrDefault(section, 0);
    return headers.keySet().stream()
        .filter(other -> headers.getOrDefault(other, 0) > header)
        .findFirst()
        .map(this::start)
        .orElse(lines.size());
  }
}
