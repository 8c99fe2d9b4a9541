package io.mlopscore.model;

import java.util.List;

/// What a model takes and gives, column by column
/// (https://mlflow.org/docs/latest/ml/model/signatures/).
///
/// @param inputs the columns of a row, in the order the scorer expects
/// @param outputs the columns of an answer
public record Signature(List<Column> inputs, List<Column> outputs) {
  public Signature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
