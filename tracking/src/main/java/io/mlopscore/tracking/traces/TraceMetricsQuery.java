package io.mlopscore.tracking.traces;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is asked of many traces at once, such as the 99th percentile of their latency each hour.
///
/// @param metric such as `latency` or `input_tokens`
/// @param dimensions what it is told apart by, such as `trace_name`
/// @param filters each one condition, such as `trace.status = 'OK'`; all must hold
/// @param interval seconds of a bucket of time; null for none
/// @param from milliseconds since the epoch, null for the beginning
/// @param to the last of them, null for the end
public record TraceMetricsQuery(
    List<String> experimentIds,
    View view,
    String metric,
    List<Aggregation> aggregations,
    List<String> dimensions,
    List<String> filters,
    @Nullable Long interval,
    @Nullable Long from,
    @Nullable Long to,
    int maxResults) {
  public TraceMetricsQuery {
    experimentIds = List.copyOf(experimentIds);
    aggregations = List.copyOf(aggregations);
    dimensions = List.copyOf(dimensions);
    filters = List.copyOf(filters);
  }

  /// What has the metric.
  public enum View {
    TRACES,
    SPANS,
    ASSESSMENTS
  }

  /// How many values become one.
  public enum Kind {
    COUNT,
    SUM,
    AVG,
    MIN,
    MAX,
    PERCENTILE
  }

  /// @param percent of the values that are not larger; null for other kinds
  public record Aggregation(Kind kind, @Nullable Double percent) {
    /// As answers name it: `AVG`, `P99.0`.
    public String label() {
      return percent == null ? kind.name() : "P" + percent;
    }
  }
}
