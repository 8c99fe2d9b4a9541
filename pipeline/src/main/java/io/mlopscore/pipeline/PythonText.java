package io.mlopscore.pipeline;

import static java.util.stream.Collectors.joining;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.YamlReader;

/// Values as Python's `str()` and `repr()` give them, which is how DVC puts them into text.
public final class PythonText {
  private PythonText() {}

  /// As inside a text that is filled in: truth is `true` there, in spite of Python.
  static String inTemplate(Value value) {
    return value instanceof Value.Bool(var on) ? Boolean.toString(on) : of(value);
  }

  /// The whole value; texts have no quotes.
  public static String of(Value value) {
    return switch (value) {
      case Value.Null() -> "None";
      case Value.Bool(var on) -> on ? "True" : "False";
      case Value.Real(var real) when Double.isNaN(real) -> "nan";
      case Value.Real(var real) when Double.isInfinite(real) -> real > 0 ? "inf" : "-inf";
      case Value other -> YamlReader.text(other);
    };
  }

  /// As `repr()`: texts have quotes, also in lists and mappings.
  public static String repr(Value value) {
    return switch (value) {
      case Value.Text(var text) -> quoted(text);
      case Value.Items(var items) ->
          items.stream().map(PythonText::repr).collect(joining(", ", "[", "]"));
      case Value.Mapping mapping ->
          mapping.entries().entrySet().stream()
              .map(entry -> repr(entry.getKey()) + ": " + repr(entry.getValue()))
              .collect(joining(", ", "{", "}"));
      case Value scalar -> of(scalar);
    };
  }

  private static String quoted(String text) {
    var escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    return text.contains("'") && !text.contains("\"")
        ? '"' + escaped + '"'
        : "'" + escaped.replace("'", "\\'") + "'";
  }
}
