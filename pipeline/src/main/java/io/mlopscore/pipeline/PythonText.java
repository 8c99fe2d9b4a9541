package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.YamlReader;

/// A scalar as Python's `str()` gives it, which is how DVC puts it into text.
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
}
