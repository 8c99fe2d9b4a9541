package io.mlopscore.model;

/// The last step of every scorer of our own.
public final class Probabilities {
  private Probabilities() {}

  /// Turns summed scores into probabilities that sum to 1.
  public static double[] of(float[] scores, Link link) {
    return switch (link) {
      case Link.Mean(var divisor) -> divided(scores, divisor);
      case Link.Softmax _ -> softmax(scores);
    };
  }

  private static double[] divided(float[] scores, float divisor) {
    var probabilities = new double[scores.length];
    for (var c = 0; c < scores.length; c++) {
      probabilities[c] = scores[c] / divisor;
    }
    return probabilities;
  }

  private static double[] softmax(float[] scores) {
    var max = Float.NEGATIVE_INFINITY;
    for (var score : scores) {
      max = Math.max(max, score);
    }
    var probabilities = new double[scores.length];
    var total = 0.0;
    for (var c = 0; c < scores.length; c++) {
      probabilities[c] = Math.exp(scores[c] - max);
      total += probabilities[c];
    }
    for (var c = 0; c < scores.length; c++) {
      probabilities[c] /= total;
    }
    return probabilities;
  }
}
