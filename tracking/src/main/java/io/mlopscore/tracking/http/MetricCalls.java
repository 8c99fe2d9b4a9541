package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.RunMetric;
import io.mlopscore.tracking.StepRange;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.TrackingStore;
import java.util.List;
import java.util.Map;

/// The calls under `metrics/`.
final class MetricCalls {
  private static final int MOST_POINTS = 25_000;
  private static final int MOST_PAGE = 1_000_000;
  private static final int MOST_SAMPLES = 2500;
  private static final int MOST_RUNS = 100;

  private final TrackingStore store;

  MetricCalls(TrackingStore store) {
    this.store = store;
  }

  Map<String, Rpc> table() {
    return Map.of(
        "GET metrics/get-history", this::history,
        "GET metrics/get-history-bulk", this::bulk,
        "GET metrics/get-history-bulk-interval", this::sampled);
  }

  /// Without max_results MLflow gives every point at once; a page at a time is as good for its
  /// clients, and needs no memory for all.
  private ObjectNode history(Call call) {
    var page =
        store.history(
            call.run(),
            call.required("metric_key"),
            call.limit("max_results", MOST_POINTS, MOST_PAGE),
            call.text("page_token"));
    return Messages.page("metrics", page, Messages::metric);
  }

  private ObjectNode bulk(Call call) {
    var runs = runs(call, "run_id", "GetMetricHistoryBulk");
    if (call.text("metric_key").isEmpty()) {
      throw refused("GetMetricHistoryBulk request must specify a metric_key.");
    }
    var most = Math.clamp(call.whole("max_results", MOST_POINTS), 0, MOST_POINTS);
    var answer = Messages.empty();
    var points = answer.putArray("metrics");
    for (var point : store.histories(runs, call.text("metric_key"), most)) {
      points.add(bare(point));
    }
    return answer;
  }

  /// This answer is no message of MLflow's, and has NaN without quotes.
  private static ObjectNode bare(RunMetric point) {
    var message = Messages.runMetric(point);
    if (Double.isNaN(point.metric().value())) {
      message.putRawValue("value", new RawValue("NaN"));
    }
    return message;
  }

  private ObjectNode sampled(Call call) {
    var runs = runs(call, "run_ids", "GetMetricHistoryBulkInterval");
    var points =
        store.sampledHistories(
            runs,
            call.required("metric_key"),
            steps(call),
            call.limit("max_results", MOST_SAMPLES, MOST_SAMPLES));
    return Messages.list(Messages.empty(), "metrics", points, Messages::runMetric);
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
