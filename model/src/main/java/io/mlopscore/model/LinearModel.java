package io.mlopscore.model;

import java.util.List;

/// A linear classifier: what ONNX calls `LinearClassifier` with `SOFTMAX`
/// (https://onnx.ai/onnx/operators/onnx_aionnxml_LinearClassifier.html).
///
/// @param classes the labels
/// @param coefficients for each class one number for each feature
/// @param intercepts one number for each class
public record LinearModel(
    List<String> classes, List<List<Float>> coefficients, List<Float> intercepts) {
  public LinearModel {
    classes = List.copyOf(classes);
    coefficients = coefficients.stream().map(List::copyOf).toList();
    intercepts = List.copyOf(intercepts);
    if (coefficients.size() != classes.size() || intercepts.size() != classes.size()) {
      throw new ModelException(
          "a linear model of %d classes has %d rows of coefficients and %d intercepts"
              .formatted(classes.size(), coefficients.size(), intercepts.size()));
    }
  }

  /// Loads it for scoring.
  public Scorer scorer() {
    return new LinearScorer(this);
  }
}
