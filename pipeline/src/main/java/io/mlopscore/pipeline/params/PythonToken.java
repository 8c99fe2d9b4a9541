package io.mlopscore.pipeline.params;

/// A word of Python text.
sealed interface PythonToken {
  record Name(String text) implements PythonToken {}

  record Numeral(String text) implements PythonToken {}

  record Literal(String value) implements PythonToken {}

  /// A string whose value is no constant text: `f'…'` or `b'…'`.
  record Opaque() implements PythonToken {}

  record Operator(String text) implements PythonToken {}

  /// The end of a statement that stands on lines of its own.
  record NewLine() implements PythonToken {}

  record Indent() implements PythonToken {}

  record Dedent() implements PythonToken {}

  default boolean is(String word) {
    return switch (this) {
      case Name(var text) -> text.equals(word);
      case Operator(var text) -> text.equals(word);
      case Numeral _, Literal _, Opaque _, NewLine _, Indent _, Dedent _ -> false;
    };
  }
}
