package io.mlopscore.model;

import java.util.List;

/// Scores a linear model kept in one flat array.
final class LinearScorer implements Scorer {
  private final List<String> classes;
  private final float[] intercepts;
  private final float[] coefficients;
  private final int features;

  LinearScorer(LinearModel model) {
    classes = model.classes();
    features = model.coefficients().getFirst().size();
    intercepts = Floats.of(model.intercepts());
    coefficients = Floats.of(model.coefficients().stream().flatMap(List::stream).toList());
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public double[] probabilities(double[] row) {
    var values = Floats.row(row, features);
    var sums = new float[intercepts.length];
    for (var c = 0; c < sums.length; c++) {
      for (var f = 0; f < features; f++) {
        sums[c] += coefficients[c * features + f] * values[f];
      }
      sums[c] += intercepts[c];
    }
    return Probabilities.of(sums, new Link.Softmax());
  }

  @Override
  public void close() {}
}
