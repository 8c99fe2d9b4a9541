package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.traces.TraceMetricPoint;
import io.mlopscore.tracking.traces.TraceMetricsQuery;
import java.util.LinkedHashMap;

/// Questions for metrics of traces as MLflow's messages, and its answers as our records.
final class TraceMetricMessages {
  private TraceMetricMessages() {}

  static ObjectNode of(TraceMetricsQuery query) {
    var body =
        Messages.empty()
            .put("view_type", query.view().name())
            .put("metric_name", query.metric())
            .put("max_results", query.maxResults());
    query.experimentIds().forEach(body.putArray("experiment_ids")::add);
    query.dimensions().forEach(body.putArray("dimensions")::add);
    query.filters().forEach(body.putArray("filters")::add);
    var aggregations = body.putArray("aggregations");
    for (var each : query.aggregations()) {
      aggregations
          .addObject()
          .put("aggregation_type", each.kind().name())
          .put("percentile_value", each.percent());
    }
    return body.put("time_interval_seconds", query.interval())
        .put("start_time_ms", query.from())
        .put("end_time_ms", query.to());
  }

  static TraceMetricPoint point(JsonNode message) {
    var dimensions = new LinkedHashMap<String, String>();
    message
        .path("dimensions")
        .properties()
        .forEach(pair -> dimensions.put(pair.getKey(), pair.getValue().asText()));
    var values = new LinkedHashMap<String, Double>();
    message
        .path("values")
        .properties()
        .forEach(pair -> values.put(pair.getKey(), pair.getValue().asDouble()));
    return new TraceMetricPoint(dimensions, values);
  }
}
