package io.mlopscore.tracking;

/// One point of a metric.
///
/// @param value any double; NaN and the infinities are kept as MLflow keeps them
/// @param timestamp milliseconds since the epoch
/// @param step the training step, 0 if there is none
public record Metric(String key, double value, long timestamp, long step) {}
