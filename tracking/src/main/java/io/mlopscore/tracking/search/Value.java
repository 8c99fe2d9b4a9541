package io.mlopscore.tracking.search;

import java.util.List;

/// What a field is compared with.
public sealed interface Value {
  /// A text, as it stands between the quotes: MLflow knows no escapes.
  record Text(String text) implements Value {}

  record Numeric(double number) implements Value {}

  /// The texts of an IN list, at least one.
  record Texts(List<String> texts) implements Value {
    public Texts {
      texts = List.copyOf(texts);
    }
  }
}
