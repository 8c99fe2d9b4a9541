package io.mlopscore.tracking.traces;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is true of those traces that have the same values in some dimensions.
///
/// @param dimensions by name; `time_bucket` is when it begins, as in `2026-11-01T10:00:00+00:00`
/// @param values by the labels of the aggregations
public record TraceMetricPoint(Map<String, String> dimensions, Map<String, Double> values) {
  public TraceMetricPoint {
    dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
