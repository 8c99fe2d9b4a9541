package io.mlopscore.pipeline.yaml;

import static java.util.stream.Collectors.joining;

import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.List;
import java.util.regex.Pattern;

/// Writes YAML as DVC's library does: block style, two spaces, lists not indented under their key,
/// long text folded at 80 columns. Goldens in the tests hold it to the real output.
public final class YamlWriter {
  /// How a text is laid out in block style.
  ///
  /// @param indent blanks before a nested mapping
  /// @param listIndent blanks before a list below its key
  public record Layout(int indent, int listIndent) {
    public static final Layout DVC = new Layout(2, 0);
  }

  private static final Pattern FLOW_INDICATORS = Pattern.compile("[\\[\\]{},]|:$|^[?:-]");

  private final StringBuilder out = new StringBuilder();
  private final Layout layout;

  private YamlWriter(Layout layout) {
    this.layout = layout;
  }

  /// The document of a mapping.
  public static String document(Mapping mapping) {
    if (mapping.entries().isEmpty()) {
      return "{}\n";
    }
    var writer = new YamlWriter(Layout.DVC);
    writer.mapping(mapping, 0, false);
    return writer.out.toString();
  }

  /// A mapping or list that is not empty, its lines indented by `indent`, the last line not ended.
  static String block(Value value, int indent, Layout layout) {
    var writer = new YamlWriter(layout);
    switch (value) {
      case Mapping mapping -> writer.mapping(mapping, indent, false);
      case Items(var values) -> writer.items(values, indent, false);
      case Value other -> throw new IllegalArgumentException(other.typeName() + " has no lines");
    }
    return writer.out.substring(0, writer.out.length() - 1);
  }

  /// A value on one line, its collections in brackets, as it may stand inside other brackets.
  static String flow(Value value) {
    return switch (value) {
      case Items(var values) ->
          values.stream().map(YamlWriter::flow).collect(joining(", ", "[", "]"));
      case Mapping mapping ->
          mapping.entries().entrySet().stream()
              .map(entry -> flow(entry.getKey()) + ": " + flow(entry.getValue()))
              .collect(joining(", ", "{", "}"));
      case Value.Text(var text) when FLOW_INDICATORS.matcher(text).find() -> quoted(text);
      case Value other -> line(other);
    };
  }

  /// Quoted such that brackets and commas inside do not count.
  private static String quoted(String text) {
    var plain = line(Value.of(text));
    return plain.startsWith("'") || plain.startsWith("\"")
        ? plain
        : "'" + text.replace("'", "''") + "'";
  }

  /// A scalar or empty collection on one line, however long.
  static String line(Value value) {
    var writer = new YamlWriter(Layout.DVC);
    switch (value) {
      case Value.Text(var text) -> new ScalarText(writer.out, 0, false).write(text);
      case Value other -> writer.atom(other, 0);
    }
    return writer.out.toString();
  }

  /// One scalar as it would stand in a file.
  static String scalar(Value value) {
    var writer = new YamlWriter(Layout.DVC);
    writer.atom(value, 2);
    return writer.out.toString().strip();
  }

  private void mapping(Mapping mapping, int indent, boolean inline) {
    boolean pad = !inline;
    for (var entry : mapping.entries().entrySet()) {
      if (pad) {
        out.repeat(' ', indent);
      }
      pad = true;
      key(entry.getKey());
      out.append(':');
      child(entry.getValue(), indent);
    }
  }

  private void key(Value key) {
    switch (key) {
      case Value.Text(var text) -> new ScalarText(out, 0, false).write(text);
      case Value other -> atom(other, 0);
    }
  }

  private void child(Value value, int indent) {
    switch (value) {
      case Mapping nested when !nested.entries().isEmpty() -> {
        out.append('\n');
        mapping(nested, indent + layout.indent(), false);
      }
      case Items(var values) when !values.isEmpty() -> {
        out.append('\n');
        items(values, indent + layout.listIndent(), false);
      }
      case Value.Null() -> out.append('\n');
      case Value other -> {
        out.append(' ');
        atom(other, indent + 2);
        out.append('\n');
      }
    }
  }

  private void items(List<Value> values, int indent, boolean inline) {
    boolean pad = !inline;
    for (var value : values) {
      if (pad) {
        out.repeat(' ', indent);
      }
      pad = true;
      out.append('-');
      item(value, indent);
    }
  }

  private void item(Value value, int indent) {
    switch (value) {
      case Mapping nested when !nested.entries().isEmpty() -> {
        out.append(' ');
        mapping(nested, indent + 2, true);
      }
      case Items(var nested) when !nested.isEmpty() -> {
        out.append(' ');
        items(nested, indent + 2, true);
      }
      case Value.Null() -> out.append(" \n");
      case Value other -> {
        out.append(' ');
        atom(other, indent + 2);
        out.append('\n');
      }
    }
  }

  private void atom(Value value, int indent) {
    switch (value) {
      case Value.Null() -> out.append("null");
      case Value.Bool(var bool) -> out.append(bool);
      case Value.Int(var integer) -> out.append(integer);
      case Value.Real(var real) -> out.append(real(real));
      case Value.Moment(var text) -> out.append(text);
      case Value.Text(var text) -> text(text, indent);
      case Items(_) -> out.append("[]");
      case Mapping _ -> out.append("{}");
    }
  }

  /// Folded as dvc folds, except where that would lose a blank: then on one line.
  private void text(String text, int indent) {
    int start = out.length();
    new ScalarText(out, indent, true).write(text);
    boolean folded = out.indexOf("\n", start) >= 0;
    if (folded && !YamlReader.read(out.substring(start), "folded text").equals(Value.of(text))) {
      out.setLength(start);
      new ScalarText(out, indent, false).write(text);
    }
  }

  private static String real(double value) {
    if (Double.isNaN(value)) {
      return ".nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? ".inf" : "-.inf";
    }
    return PythonFloat.text(value);
  }
}
