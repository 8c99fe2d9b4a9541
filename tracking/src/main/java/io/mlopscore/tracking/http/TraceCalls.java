package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.SearchParts;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.traces.Trace;
import io.mlopscore.tracking.traces.TraceDeletion;
import io.mlopscore.tracking.traces.TraceInfo;
import io.mlopscore.tracking.traces.TraceStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// The calls under `traces`, but for those about assessments.
final class TraceCalls {
  private static final int USUAL_PAGE = 100;
  private static final int LARGEST_PAGE = 500;

  /// Tags by which MLflow knows where spans are.
  private static final Set<String> RESERVED =
      Set.of(
          TraceInfo.SPANS_LOCATION, "mlflow.trace.archiveLocation", "mlflow.trace.archivalFailure");

  private static final long BYTES_OF_INFO = 10_000;
  private static final long BYTES_OF_TRACE = 2 << 20;

  private final TraceStore store;

  TraceCalls(TraceStore store) {
    this.store = store;
  }

  Map<String, Rpc> table() {
    var old = new OldTraceCalls(store);
    return Map.ofEntries(
        Map.entry(
            "POST traces", call -> call.fields().has("trace") ? start(call) : old.start(call)),
        Map.entry(
            "GET traces",
            Rpc.large(
                TraceCalls::bytes,
                call -> search(call, call.texts("experiment_ids"), TraceMessages::oldInfo))),
        Map.entry("PATCH traces/{trace_id}", old::end),
        Map.entry("GET traces/{trace_id}/info", old::get),
        Map.entry("GET traces/{trace_id}", call -> started(store.traceInfo(id(call)))),
        Map.entry("GET traces/get", Rpc.large(_ -> BYTES_OF_TRACE, this::get)),
        Map.entry("GET traces/batchGet", Rpc.large(_ -> BYTES_OF_TRACE, this::batchGet)),
        Map.entry("POST traces/batchGetInfos", this::batchGetInfos),
        Map.entry("POST traces/search", Rpc.large(TraceCalls::bytes, this::search)),
        Map.entry("PATCH traces/{trace_id}/tags", this::setTag),
        Map.entry("DELETE traces/{trace_id}/tags", this::deleteTag),
        Map.entry("POST traces/delete-traces", this::delete),
        Map.entry("POST traces/link-to-run", this::linkToRun),
        Map.entry("POST traces/link-prompts", this::linkPrompts));
  }

  private static String id(Call call) {
    return call.required("trace_id");
  }

  private ObjectNode start(Call call) {
    return started(store.startTrace(TraceFields.info(call.object("trace").object("trace_info"))));
  }

  private static ObjectNode started(TraceInfo trace) {
    return Messages.of("trace", Messages.of("trace_info", TraceMessages.info(trace)));
  }

  private ObjectNode get(Call call) {
    var partial = call.fields().path("allow_partial").asText().equalsIgnoreCase("true");
    return Messages.of("trace", TraceMessages.trace(store.trace(id(call), partial)));
  }

  /// One trace at a time: nobody knows how many spans each has.
  private Listing<Trace> batchGet(Call call) {
    var ids = ids(call).stream().distinct().toList();
    return Listing.of(
        "traces", SearchParts.each(ids, id -> wanted(call, id)), TraceMessages::trace);
  }

  private List<Trace> wanted(Call call, String id) {
    return store.traces(List.of(id)).stream().filter(t -> isWanted(call, t.info())).toList();
  }

  private ObjectNode batchGetInfos(Call call) {
    var traces =
        store.traceInfos(ids(call)).stream().filter(trace -> isWanted(call, trace)).toList();
    return Messages.list(Messages.empty(), "trace_infos", traces, TraceMessages::info);
  }

  private static List<String> ids(Call call) {
    var ids = call.texts("trace_ids");
    if (ids.isEmpty()) {
      throw missing("trace_ids");
    }
    return ids;
  }

  private static boolean isWanted(Call call, TraceInfo trace) {
    return !call.fields().has("experiment_ids")
        || call.texts("experiment_ids").contains(trace.experimentId());
  }

  private static TrackingException missing(String name) {
    return new TrackingException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Missing value for required parameter '"
            + name
            + "'. See the API docs for more information about request parameters.");
  }

  private static long bytes(Call call) {
    return Listing.bytes(call.limit("max_results", USUAL_PAGE, LARGEST_PAGE), BYTES_OF_INFO);
  }

  private Listing<TraceInfo> search(Call call) {
    var experiments = TraceFields.experiments(call);
    if (experiments.isEmpty()) {
      throw missing("locations");
    }
    return search(call, experiments, TraceMessages::info);
  }

  private Listing<TraceInfo> search(
      Call call, List<String> experiments, Function<TraceInfo, JsonSerializable> message) {
    var query =
        new SearchQuery(
            call.text("filter"),
            call.texts("order_by"),
            call.limit("max_results", USUAL_PAGE, LARGEST_PAGE),
            call.text("page_token"));
    return Listing.of("traces", store.searchTracesInParts(experiments, query), message);
  }

  private ObjectNode setTag(Call call) {
    var key = call.required("key");
    refuseReserved(key, "set");
    store.setTraceTag(id(call), key, call.text("value"));
    return Messages.empty();
  }

  private ObjectNode deleteTag(Call call) {
    var key = call.required("key");
    if (!key.equals("mlflow.trace.archivalFailure")) {
      refuseReserved(key, "deleted");
    }
    store.deleteTraceTag(id(call), key);
    return Messages.empty();
  }

  private static void refuseReserved(String key, String what) {
    if (RESERVED.contains(key)) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Tag '" + key + "' is immutable and cannot be " + what + " on a trace.");
    }
  }

  private ObjectNode delete(Call call) {
    var most = call.wholeOrNull("max_traces");
    var which =
        TraceDeletion.of(
            call.wholeOrNull("max_timestamp_millis"),
            most == null ? null : Math.clamp(most, Integer.MIN_VALUE, Integer.MAX_VALUE),
            Stream.concat(call.texts("request_ids").stream(), call.texts("trace_ids").stream())
                .toList());
    return Messages.empty()
        .put("traces_deleted", store.deleteTraces(call.required("experiment_id"), which));
  }

  private ObjectNode linkToRun(Call call) {
    store.linkToRun(ids(call), call.required("run_id"));
    return Messages.empty();
  }

  private ObjectNode linkPrompts(Call call) {
    var versions =
        call.objects("prompt_versions")
            .map(version -> version.required("name") + "/" + version.required("version"))
            .toList();
    if (versions.isEmpty()) {
      throw missing("prompt_versions");
    }
    store.linkPrompts(id(call), versions);
    return Messages.empty();
  }
}
