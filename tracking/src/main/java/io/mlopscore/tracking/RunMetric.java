package io.mlopscore.tracking;

/// A point of a metric, and the run that logged it.
public record RunMetric(String runId, Metric metric) {}
