package io.mlopscore.tracking.sql;

import static io.mlopscore.tracking.traces.TraceMetricsQuery.Kind.AVG;
import static io.mlopscore.tracking.traces.TraceMetricsQuery.Kind.COUNT;
import static io.mlopscore.tracking.traces.TraceMetricsQuery.Kind.MAX;
import static io.mlopscore.tracking.traces.TraceMetricsQuery.Kind.MIN;
import static io.mlopscore.tracking.traces.TraceMetricsQuery.Kind.PERCENTILE;
import static io.mlopscore.tracking.traces.TraceMetricsQuery.Kind.SUM;
import static io.mlopscore.tracking.traces.TraceMetricsQuery.View.ASSESSMENTS;
import static io.mlopscore.tracking.traces.TraceMetricsQuery.View.SPANS;
import static io.mlopscore.tracking.traces.TraceMetricsQuery.View.TRACES;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.traces.TraceMetricsQuery;
import io.mlopscore.tracking.traces.TraceMetricsQuery.Kind;
import io.mlopscore.tracking.traces.TraceMetricsQuery.View;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A metric of traces `t`, spans `s` or assessments `a`, and what may be asked of it.
///
/// @param name as queries have it
/// @param value what is aggregated, as SQL
record TraceMeasure(
    View view, String name, String value, List<Kind> kinds, List<String> dimensions) {
  private static final List<Kind> COUNTED = List.of(COUNT);
  private static final List<Kind> SPREAD = List.of(AVG, MIN, MAX, PERCENTILE);
  private static final List<Kind> SUMMED = List.of(SUM, AVG, MIN, MAX, PERCENTILE);
  private static final List<String> MODEL = List.of("span_model_name", "span_model_provider");

  private static final List<TraceMeasure> ALL =
      List.of(
          of(TRACES, "trace_count", "t.request_id", COUNTED, "trace_name", "trace_status"),
          of(TRACES, "session_count", "t.session_id", COUNTED),
          of(TRACES, "latency", "t.execution_time_ms", SPREAD, "trace_name"),
          tokens("input_tokens"),
          tokens("output_tokens"),
          tokens("total_tokens"),
          tokens("cache_read_input_tokens"),
          tokens("cache_creation_input_tokens"),
          new TraceMeasure(
              SPANS,
              "span_count",
              "s.span_id",
              COUNTED,
              Stream.concat(Stream.of("span_name", "span_type", "span_status"), MODEL.stream())
                  .toList()),
          of(
              SPANS,
              "latency",
              "(s.end_time_unix_nano - s.start_time_unix_nano) / 1000000",
              SPREAD,
              "span_name",
              "span_status"),
          cost("input_cost"),
          cost("output_cost"),
          cost("total_cost"),
          of(
              ASSESSMENTS,
              "assessment_count",
              "a.assessment_id",
              COUNTED,
              "assessment_name",
              "assessment_value"),
          of(ASSESSMENTS, "assessment_value", "a.aggregate_value", SPREAD, "assessment_name"));

  private static final Map<String, String> COLUMNS =
      Map.of(
          "trace_name", "t.trace_name",
          "trace_status", "t.status",
          "span_name", "s.name",
          "span_type", "s.type",
          "span_status", "s.status",
          "span_model_name", "s.model_name",
          "span_model_provider", "s.model_provider",
          "assessment_name", "a.name",
          "assessment_value", "a.value");

  private static TraceMeasure of(
      View view, String name, String value, List<Kind> kinds, String... dimensions) {
    return new TraceMeasure(view, name, value, kinds, List.of(dimensions));
  }

  private static TraceMeasure tokens(String name) {
    return of(TRACES, name, "t." + name, SUMMED, "trace_name");
  }

  private static TraceMeasure cost(String name) {
    return new TraceMeasure(SPANS, name, "s." + name, SUMMED, MODEL);
  }

  /// Whether spans are looked at in the time in which they were, and not their traces.
  boolean isOfSpanTime() {
    return view == SPANS && kinds.equals(SUMMED);
  }

  /// Whether equal values count once.
  boolean isDistinct() {
    return name.equals("session_count");
  }

  static String column(String dimension) {
    return COLUMNS.getOrDefault(dimension, "");
  }

  /// What a query asks for, if all of it may be asked.
  static TraceMeasure of(TraceMetricsQuery query) {
    var known = ALL.stream().filter(each -> each.view == query.view()).toList();
    var measure =
        known.stream()
            .filter(each -> each.name.equals(query.metric()))
            .findFirst()
            .orElseThrow(
                () ->
                    refused(
                        "metric_name must be one of "
                            + known.stream().map(TraceMeasure::name).toList()
                            + ", got '"
                            + query.metric()
                            + "'"));
    var kinds = query.aggregations().stream().map(each -> each.kind().name()).toList();
    require("aggregation_type", kinds, measure.kinds.stream().map(Kind::name).toList());
    require("dimension", query.dimensions(), measure.dimensions);
    return measure;
  }

  private static void require(String what, Collection<String> asked, Collection<String> allowed) {
    var wrong = new TreeSet<>(asked);
    wrong.removeAll(allowed);
    if (!wrong.isEmpty()) {
      throw refused(
          "Found invalid " + what + "(s): " + wrong + ". Supported are " + new TreeSet<>(allowed));
    }
  }

  private static TrackingException refused(String why) {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, why);
  }
}
