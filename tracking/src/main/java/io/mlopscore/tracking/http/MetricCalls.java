package io.mlopscore.tracking.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.RunMetric;
import io.mlopscore.tracking.StepRange;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.TrackingStore;
import io.mlopscore.tracking.search.SearchParts;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The calls under `metrics/`.
final class MetricCalls {
  private static final int MOST_POINTS = 25_000;
  private static final int MOST_PAGE = 1_000_000;
  private static final int MOST_SAMPLES = 2500;
  private static final int MOST_RUNS = 100;

  /// Of a point as it is kept for a long history.
  private static final long BYTES_OF_NUMBERS = 24;

  /// Of a point as an object.
  private static final long BYTES = 250;

  private final TrackingStore store;

  MetricCalls(TrackingStore store) {
    this.store = store;
  }

  Map<String, Rpc> table() {
    return Map.of(
        "GET metrics/get-history",
        Rpc.large(call -> BYTES_OF_NUMBERS * most(call), this::history),
        "GET metrics/get-history-bulk",
        Rpc.large(_ -> BYTES * MOST_POINTS, this::bulk),
        "GET metrics/get-history-bulk-interval",
        Rpc.large(_ -> BYTES * MOST_SAMPLES, this::sampled));
  }

  private static int most(Call call) {
    return call.limit("max_results", MOST_POINTS, MOST_PAGE);
  }

  /// Without max_results MLflow gives every point at once; a page at a time is as good for its
  /// clients, and needs no memory for all.
  private Listing<Metric> history(Call call) {
    var page =
        store.history(call.run(), call.required("metric_key"), most(call), call.text("page_token"));
    return Listing.of("metrics", SearchParts.of(page), Point::of);
  }

  private Message bulk(Call call) {
    var runs = runs(call, "run_id", "GetMetricHistoryBulk");
    if (call.text("metric_key").isEmpty()) {
      throw refused("GetMetricHistoryBulk request must specify a metric_key.");
    }
    var most = Math.clamp(call.whole("max_results", MOST_POINTS), 0, MOST_POINTS);
    return new Bulk(store.histories(runs, call.text("metric_key"), most));
  }

  /// This answer is no message of MLflow's: it has NaN without quotes, and an empty list.
  private record Bulk(List<RunMetric> points) implements Message {
    @Override
    public void serialize(JsonGenerator out, SerializerProvider provider) throws IOException {
      out.writeStartObject();
      out.writeArrayFieldStart("metrics");
      for (var point : points) {
        Point.bare(point).serialize(out, provider);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  private Listing<RunMetric> sampled(Call call) {
    var runs = runs(call, "run_ids", "GetMetricHistoryBulkInterval");
    var key = call.required("metric_key");
    var steps = steps(call);
    var most = call.limit("max_results", MOST_SAMPLES, MOST_SAMPLES);
    return Listing.of(
        "metrics",
        SearchParts.each(runs, run -> store.sampledHistories(List.of(run), key, steps, most)),
        Point::of);
  }

  private static StepRange steps(Call call) {
    var first = call.wholeOrNull("start_step");
    var last = call.wholeOrNull("end_step");
    if (first == null && last == null) {
      return StepRange.ALL;
    }
    if (first == null || last == null) {
      throw refused("If either start step or end step are specified, both must be specified.");
    }
    if (first > last) {
      throw refused(
          "end_step must be greater than start_step. Found start_step="
              + first
              + " and end_step="
              + last
              + ".");
    }
    return new StepRange(first, last);
  }

  private static List<String> runs(Call call, String field, String name) {
    var runs = call.texts(field);
    if (runs.isEmpty()) {
      throw refused(name + " request must specify at least one run_id.");
    }
    if (runs.size() > MOST_RUNS) {
      throw refused(
          name
              + " request cannot specify more than "
              + MOST_RUNS
              + " run_ids. Received "
              + runs.size()
              + " run_ids.");
    }
    return runs;
  }

  private static TrackingException refused(String message) {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, message);
  }
}
