package io.mlopscore.pipeline.params;

import static java.util.stream.Collectors.joining;

import io.mlopscore.pipeline.params.ParamsSplice.Edit;
import io.mlopscore.pipeline.params.TomlText.Pair;
import io.mlopscore.pipeline.params.TomlText.Section;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlException;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Changes values of a TOML text in place: comments, order and spaces stay.
public final class TomlEdit implements ParamsSplice.Notation {
  private final String text;
  private final TomlText places;
  private final String lineBreak;

  private TomlEdit(String text) {
    this.text = text;
    this.places = new TomlText(text);
    this.lineBreak = text.contains("\r\n") ? "\r\n" : "\n";
  }

  /// The text with other values.
  ///
  /// @param name stands for the text in messages
  /// @throws YamlException when TOML cannot say it
  public static String of(String text, String name, Mapping wanted) {
    try {
      var now = TomlParams.read(text, name);
      var changed = ParamsSplice.of(text, now, wanted, new TomlEdit(text));
      if (TomlParams.read(changed, name).equals(wanted)) {
        return changed;
      }
    } catch (YamlException e) {
      throw new YamlException(name + ": cannot be changed so: " + e.getMessage(), e);
    }
    throw new YamlException(name + ": cannot be changed so in place; edit the file");
  }

  @Override
  public Optional<Span> place(List<Value> path) {
    return Optional.ofNullable(places.values().get(path));
  }

  @Override
  public String literal(Value value) {
    return switch (value) {
      case Value.Null() -> throw new YamlException("TOML has no null");
      case Value.Text(var string) -> ParamsSplice.quoted(string);
      case Value.Real(var real) when Double.isNaN(real) -> "nan";
      case Value.Real(var real) when Double.isInfinite(real) -> real > 0 ? "inf" : "-inf";
      case Value.Bool _, Value.Int _, Value.Real _ -> JsonText.of(value);
      case Value.Moment(var moment) -> moment;
      case Items(var items) -> items.stream().map(this::literal).collect(joining(", ", "[", "]"));
      case Mapping mapping when mapping.entries().isEmpty() -> "{}";
      case Mapping mapping ->
          mapping.entries().entrySet().stream()
              .map(entry -> pair(List.of(entry.getKey()), entry.getValue()))
              .collect(joining(", ", "{", "}"));
    };
  }

  private String pair(List<Value> keys, Value value) {
    return keys.stream().map(TomlEdit::key).collect(joining(".")) + " = " + literal(value);
  }

  private static String key(Value key) {
    var name = YamlReader.text(key);
    return name.matches("[A-Za-z0-9_-]+") ? name : ParamsSplice.quoted(name);
  }

  /// Where the table is that gets it: at the end of what stands there, or below a new header.
  @Override
  public List<Edit> add(List<Value> path, Value value) {
    var table = path.subList(0, path.size() - 1);
    var name = path.subList(path.size() - 1, path.size());
    boolean ownTable = value instanceof Mapping mapping && !mapping.entries().isEmpty();
    var home = places.sections().stream().filter(section -> section.path().equals(table));
    var section = home.findFirst();
    if (ownTable && path.stream().allMatch(Value.Text.class::isInstance)) {
      return List.of(atEnd(path, ((Mapping) value).entries()));
    }
    if (section.isPresent() && (!table.isEmpty() || !section.get().pairs().isEmpty())) {
      return List.of(behind(section.get(), pair(name, value)));
    }
    if (table.isEmpty()) {
      return List.of(first(pair(name, value)));
    }
    var dotted = dotted(table);
    if (dotted.isPresent()) {
      var around = dotted.get().path().size();
      return List.of(behind(dotted.get(), pair(path.subList(around, path.size()), value)));
    }
    return List.of(atEnd(table, Map.of(name.getFirst(), value)));
  }

  /// The section whose dotted keys make up a table.
  private Optional<Section> dotted(List<Value> table) {
    return places.sections().stream()
        .filter(section -> section.pairs().stream().anyMatch(pair -> isIn(pair.path(), table)))
        .findFirst();
  }

  private static boolean isIn(List<Value> path, List<Value> around) {
    return path.size() >= around.size() && path.subList(0, around.size()).equals(around);
  }

  private Edit behind(Section section, String line) {
    int at = section.pairs().isEmpty() ? section.body() : section.pairs().getLast().end();
    return insert(at, line + lineBreak);
  }

  /// Before the first header, which may have a comment of its own.
  private Edit first(String line) {
    boolean alone = places.sections().size() == 1;
    int at = alone ? text.length() : places.sections().get(1).start();
    return insert(at, alone ? line + lineBreak : line + lineBreak + lineBreak);
  }

  private Edit atEnd(List<Value> table, Map<Value, Value> entries) {
    var lines = new ArrayList<String>();
    if (!text.isBlank()) {
      lines.add("");
    }
    lines.add("[" + table.stream().map(TomlEdit::key).collect(joining(".")) + "]");
    entries.forEach((key, value) -> lines.add(pair(List.of(key), value)));
    return insert(text.length(), String.join(lineBreak, lines) + lineBreak);
  }

  private Edit insert(int at, String lines) {
    boolean fresh = at == 0 || text.charAt(at - 1) == '\n';
    return new Edit(new Span(at, at), fresh ? lines : lineBreak + lines);
  }

  /// Its line, and if it is a table all that belongs to it.
  @Override
  public List<Edit> remove(List<Value> path) {
    var gone = new ArrayList<Edit>();
    for (var section : places.sections()) {
      if (!section.path().isEmpty() && isIn(section.path(), path)) {
        gone.add(new Edit(new Span(section.start(), places.end(section)), ""));
      } else {
        section.pairs().stream()
            .filter(pair -> isIn(pair.path(), path))
            .map(TomlEdit::line)
            .forEach(gone::add);
      }
    }
    return gone;
  }

  private static Edit line(Pair pair) {
    return new Edit(new Span(pair.start(), pair.end()), "");
  }
}
