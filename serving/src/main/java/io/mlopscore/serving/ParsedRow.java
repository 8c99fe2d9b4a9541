package io.mlopscore.serving;

import java.util.List;

/// What became of a request body.
sealed interface ParsedRow {
  /// @param values one for each input of the model, in its order
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Row(double[] values) implements ParsedRow {}

  /// @param problems at least one, in the order of the model's inputs
  record Invalid(List<FieldProblem> problems) implements ParsedRow {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
