package io.mlopscore.tracking;

import org.jspecify.annotations.Nullable;

/// One point of a metric.
///
/// @param value any double; NaN and the infinities are kept as MLflow keeps them
/// @param timestamp milliseconds since the epoch
/// @param step the training step, 0 if there is none
/// @param modelId the logged model that was measured, null if the point is the run's alone
/// @param datasetName the data set that the model was measured on, null if unknown
/// @param datasetDigest its digest, null if unknown
public record Metric(
    String key,
    double value,
    long timestamp,
    long step,
    @Nullable String modelId,
    @Nullable String datasetName,
    @Nullable String datasetDigest) {
  /// A point that belongs to no logged model.
  public Metric(String key, double value, long timestamp, long step) {
    this(key, value, timestamp, step, null, null, null);
  }

  /// Whether it is one of the infinities, which a database keeps as the largest doubles.
  public boolean isInfinite() {
    return Math.abs(value) >= Double.MAX_VALUE;
  }

  /// The value as people read it, with all of its digits.
  public String text() {
    if (isInfinite()) {
      return value < 0 ? "-∞" : "∞";
    }
    return Double.toString(value);
  }
}
