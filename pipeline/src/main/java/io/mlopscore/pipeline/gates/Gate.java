package io.mlopscore.pipeline.gates;

import io.mlopscore.pipeline.PipelineException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one metric must be.
///
/// @param metric its name in a file of metrics, dotted where it is nested, or in a tracked run
/// @param min the smallest value let through
/// @param max the largest value let through
/// @param maxDrop by how much it may be worse than before, in the unit of the metric
/// @param higherIsBetter whether worse means lower
public record Gate(
    String metric,
    Optional<BigDecimal> min,
    Optional<BigDecimal> max,
    Optional<BigDecimal> maxDrop,
    boolean higherIsBetter) {
  /// Never so much that a breach looks like none.
  private static final MathContext SHOWN = new MathContext(6, RoundingMode.UP);

  /// @throws PipelineException when it would let everything through, or nothing
  public Gate {
    if (metric.isBlank()) {
      throw new PipelineException("a gate needs the name of a metric");
    }
    require(
        metric,
        min.isPresent() || max.isPresent() || maxDrop.isPresent(),
        "asks for nothing: give min, max or max_drop");
    require(
        metric,
        min.isEmpty() || max.isEmpty() || min.get().compareTo(max.get()) <= 0,
        "lets nothing through: min is above max");
    require(
        metric,
        maxDrop.isEmpty() || maxDrop.get().signum() >= 0,
        "has a max_drop below 0; for a metric that should fall, say higher_is_better: false");
  }

  private static void require(String metric, boolean isSo, String problem) {
    if (!isSo) {
      throw new PipelineException("the gate on '%s' %s".formatted(metric, problem));
    }
  }

  /// Judges a value against the limits, and against what it was.
  ///
  /// @param before empty when there is nothing to compare with, as on the first run: then only the
  ///     limits count
  /// @param now empty when it was not measured, which is never let through
  public Verdict judge(Optional<Double> before, Optional<Double> now) {
    var value = now.filter(Double::isFinite).map(BigDecimal::valueOf);
    var breaches = value.isPresent() ? breaches(before, value.get()) : List.of(unmeasured(now));
    return new Verdict(this, before, now, breaches);
  }

  private static String unmeasured(Optional<Double> now) {
    return now.map(value -> value + " is no number to compare").orElse("it was not measured");
  }

  /// In decimals: 0.95 - 0.94 is 0.01, which it is not in binary.
  private List<String> breaches(Optional<Double> before, BigDecimal value) {
    var breaches = new ArrayList<String>();
    min.filter(limit -> value.compareTo(limit) < 0)
        .ifPresent(limit -> breaches.add("below " + limit.toPlainString()));
    max.filter(limit -> value.compareTo(limit) > 0)
        .ifPresent(limit -> breaches.add("above " + limit.toPlainString()));
    var drop =
        before.filter(Double::isFinite).map(BigDecimal::valueOf).map(old -> drop(old, value));
    maxDrop
        .filter(limit -> drop.isPresent() && drop.get().compareTo(limit) > 0)
        .ifPresent(
            limit ->
                breaches.add(
                    "worse by %s, %s is allowed"
                        .formatted(
                            drop.orElseThrow().round(SHOWN).stripTrailingZeros().toPlainString(),
                            limit.toPlainString())));
    return breaches;
  }

  private BigDecimal drop(BigDecimal old, BigDecimal value) {
    return higherIsBetter ? old.subtract(value) : value.subtract(old);
  }

  /// What it asks for, as people say it: `at least 0.9, at most 0.01 worse`.
  public String text() {
    var parts = new ArrayList<String>();
    min.ifPresent(limit -> parts.add("at least " + limit.toPlainString()));
    max.ifPresent(limit -> parts.add("at most " + limit.toPlainString()));
    var worse = higherIsBetter ? "lower" : "higher";
    maxDrop.ifPresent(limit -> parts.add("at most " + limit.toPlainString() + " " + worse));
    return String.join(", ", parts);
  }
}
