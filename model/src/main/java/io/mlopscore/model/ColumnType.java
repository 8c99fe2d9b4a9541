package io.mlopscore.model;

import java.util.Locale;

/// The scalar types of an MLflow column signature
/// (https://mlflow.org/docs/latest/ml/model/signatures/).
public enum ColumnType {
  BOOLEAN,
  INTEGER,
  LONG,
  FLOAT,
  DOUBLE,
  STRING,
  BINARY,
  DATETIME;

  /// The name in an `MLmodel` file, such as `double`.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
