package io.mlopscore.pipeline.config;

import io.mlopscore.pipeline.ConfigException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What stands between brackets: a plain section such as `core`, or one of many of a kind, such as
/// `remote "name"`. Names are in lower case.
///
/// @param kind `remote`, `db`, `machine`, or empty for a plain section
public record ConfigSection(String kind, String name) {
  /// The order in which sections are listed and written.
  static final Comparator<ConfigSection> KINDS =
      Comparator.comparing(section -> List.of("", "remote", "machine", "db").indexOf(section.kind));

  private static final Pattern NAMED = Pattern.compile("\\s*(remote|machine|db)\\s*\"(.*)\"\\s*");

  public ConfigSection {
    name = name.toLowerCase(Locale.ROOT);
  }

  /// A plain section.
  public static ConfigSection of(String name) {
    return new ConfigSection("", name);
  }

  public static ConfigSection remote(String name) {
    return new ConfigSection("remote", name);
  }

  static ConfigSection parse(String header) {
    var named = NAMED.matcher(header.toLowerCase(Locale.ROOT));
    return named.matches() ? new ConfigSection(named.group(1), named.group(2)) : of(header);
  }

  public boolean isNamed() {
    return !kind.isEmpty();
  }

  /// The header line, as `dvc` writes it.
  ///
  /// @throws ConfigException when the name has quotes in it
  String header() {
    if (name.contains("'") || name.contains("\"")) {
      throw new ConfigException("%s: a name must be without quotes".formatted(name));
    }
    return "[" + (isNamed() ? "'%s \"%s\"'".formatted(kind, name) : ConfigText.quote(name)) + "]";
  }

  /// As it stands in front of an option: `core`, `remote.name`.
  public String label() {
    return isNamed() ? kind + "." + name : name;
  }
}
