package io.mlopscore.tracking.traces;

/// How often two filters find the same traces, and what that says: their normalized pointwise
/// mutual information, from -1 (never together) over 0 (independent) to 1 (always together).
///
/// @param total the traces that were looked at
/// @param first those that the first filter finds
/// @param joint those that both find
public record FilterCorrelation(long total, long first, long second, long joint) {
  /// Jeffreys' prior, which is added to each of the four counts.
  private static final double PRIOR = 0.5;

  /// Not a number if one of them finds nothing.
  public double npmi() {
    return joint == 0 && isDefined() ? -1 : npmi(0);
  }

  /// The same, less sure of itself where there are few traces.
  public double smoothedNpmi() {
    return npmi(PRIOR);
  }

  private boolean isDefined() {
    return first > 0 && second > 0 && joint <= first && joint <= second && neither() >= 0;
  }

  private long neither() {
    return total - first - second + joint;
  }

  private double npmi(double prior) {
    if (!isDefined()) {
      return Double.NaN;
    }
    if (joint == total) {
      return 1;
    }
    var all = Math.log(total + 4 * prior);
    var both = Math.log(joint + prior);
    var apart = Math.log(first + 2 * prior) + Math.log(second + 2 * prior);
    return Math.clamp((both + all - apart) / (all - both), -1.0, 1.0);
  }
}
