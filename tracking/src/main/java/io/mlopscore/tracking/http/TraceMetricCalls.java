package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.traces.TraceMetricPoint;
import io.mlopscore.tracking.traces.TraceMetricsQuery;
import io.mlopscore.tracking.traces.TraceMetricsQuery.Aggregation;
import io.mlopscore.tracking.traces.TraceMetricsQuery.Kind;
import io.mlopscore.tracking.traces.TraceStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The calls that tell numbers of many traces.
record TraceMetricCalls(TraceStore store) {
  private static final int USUAL_POINTS = 1000;
  private static final int MOST_POINTS = 50_000;

  Map<String, Rpc> table() {
    return Map.of(
        "POST traces/metrics", this::metrics,
        "POST traces/calculate-filter-correlation", this::correlation);
  }

  private ObjectNode metrics(Call call) {
    var aggregations = call.objects("aggregations").map(TraceMetricCalls::aggregation).toList();
    if (aggregations.isEmpty()) {
      throw Call.missing("aggregations");
    }
    var interval = call.whole("time_interval_seconds", 0);
    var query =
        new TraceMetricsQuery(
            experiments(call),
            one("view_type", call.required("view_type"), TraceMetricsQuery.View.values()),
            call.required("metric_name"),
            aggregations,
            call.texts("dimensions"),
            call.texts("filters"),
            interval == 0 ? null : Long.valueOf(interval),
            call.wholeOrNull("start_time_ms"),
            call.wholeOrNull("end_time_ms"),
            call.limit("max_results", USUAL_POINTS, MOST_POINTS));
    return Messages.list(
        Messages.empty(),
        "data_points",
        store.metrics(query),
        point -> point(call.text("metric_name"), point));
  }

  private static List<String> experiments(Call call) {
    var ids = call.texts("experiment_ids");
    if (ids.isEmpty()) {
      throw Call.missing("experiment_ids");
    }
    return ids;
  }

  private static Aggregation aggregation(Call call) {
    var kind = one("aggregation_type", call.required("aggregation_type"), Kind.values());
    return new Aggregation(kind, call.numberOrNull("percentile_value"));
  }

  private static <T extends Enum<T>> T one(String name, String text, T[] values) {
    return Arrays.stream(values)
        .filter(value -> value.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    name + " must be one of " + Arrays.toString(values) + ", got '" + text + "'"));
  }

  private static ObjectNode point(String metric, TraceMetricPoint point) {
    var message = Messages.empty().put("metric_name", metric);
    TraceMessages.putUnlessEmpty(message, "dimensions", point.dimensions());
    var values = message.putObject("values");
    point.values().forEach(values::put);
    return message;
  }

  private ObjectNode correlation(Call call) {
    var found =
        store.correlation(
            experiments(call),
            call.required("filter_string1"),
            call.required("filter_string2"),
            call.text("base_filter"));
    var message =
        Messages.empty()
            .put("filter1_count", found.first())
            .put("filter2_count", found.second())
            .put("joint_count", found.joint())
            .put("total_count", found.total());
    putIfNumber(message, "npmi", found.npmi());
    putIfNumber(message, "npmi_smoothed", found.smoothedNpmi());
    return message;
  }

  private static void putIfNumber(ObjectNode into, String name, double value) {
    if (!Double.isNaN(value)) {
      into.put(name, value);
    }
  }
}
