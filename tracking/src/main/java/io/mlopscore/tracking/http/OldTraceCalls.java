package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.traces.TraceInfo;
import io.mlopscore.tracking.traces.TraceState;
import io.mlopscore.tracking.traces.TraceStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The calls by which clients of MLflow 2.14 to 3.2 tell of a trace when it begins and when it
/// ends. They keep its spans in an artifact.
final class OldTraceCalls {
  private final TraceStore store;

  OldTraceCalls(TraceStore store) {
    this.store = store;
  }

  ObjectNode start(Call call) {
    var id = UUID.randomUUID().toString().replace("-", "");
    return answer(
        store.startTrace(
            new TraceInfo(
                id,
                call.required("experiment_id"),
                call.whole("timestamp_ms", 0),
                null,
                TraceState.IN_PROGRESS,
                null,
                null,
                null,
                call.pairs("request_metadata"),
                call.pairs("tags"),
                List.of())));
  }

  ObjectNode end(Call call) {
    var trace = store.traceInfo(call.required("trace_id"));
    return answer(
        store.startTrace(
            new TraceInfo(
                trace.traceId(),
                trace.experimentId(),
                trace.requestTime(),
                Math.max(0, call.whole("timestamp_ms", 0) - trace.requestTime()),
                TraceFields.state(call.text("status")),
                trace.clientRequestId(),
                trace.requestPreview(),
                trace.responsePreview(),
                both(trace.metadata(), call.pairs("request_metadata")),
                both(trace.tags(), call.pairs("tags")),
                List.of())));
  }

  private static Map<String, String> both(Map<String, String> before, Map<String, String> more) {
    var all = new HashMap<>(before);
    all.putAll(more);
    return all;
  }

  ObjectNode get(Call call) {
    return answer(store.traceInfo(call.required("trace_id")));
  }

  private static ObjectNode answer(TraceInfo trace) {
    return Messages.of("trace_info", TraceMessages.oldInfo(trace));
  }
}
