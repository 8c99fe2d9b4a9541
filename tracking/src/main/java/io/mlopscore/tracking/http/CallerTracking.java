package io.mlopscore.tracking.http;

import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.ExperimentActivity;
import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingStore;
import io.mlopscore.tracking.auth.Action;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.ResourceType;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.traces.Trace;
import io.mlopscore.tracking.traces.TraceInfo;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What is tracked, as far as one caller may see and change it. Whatever is asked of it goes past
/// the gate that stands before MLflow's API.
public final class CallerTracking {
  private final ServerRequest request;
  private final Gate gate;
  private final Tracking all;
  private final ApiClient client;
  private final Tracking tracking;

  CallerTracking(ServerRequest request, Gate gate, Tracking all, ApiClient client) {
    this.request = request;
    this.gate = gate;
    this.all = all;
    this.client = client;
    tracking =
        new Tracking(
            new RestTrackingStore(client),
            new RestModelRegistry(client),
            all.traces(),
            all.artifacts(),
            () -> {});
  }

  public TrackingStore store() {
    return tracking.store();
  }

  public ModelRegistry registry() {
    return tracking.registry();
  }

  /// Runs and models as above, and the files of all: their addresses are known from runs and models
  /// that the caller may read.
  public Tracking withFiles() {
    return tracking;
  }

  /// What goes on in experiments that the caller may read; nothing where runs are vetoed.
  public Map<String, ExperimentActivity> activity(Collection<String> experimentIds) {
    return all.store().activity(experimentIds.stream().filter(this::mayReadRuns).toList());
  }

  /// Where there are no users, there is no caller.
  private boolean mayReadRuns(String experiment) {
    return request
        .context()
        .get(Caller.class)
        .map(caller -> Needs.inExperiment(caller, experiment, ResourceType.RUN, Action.READ))
        .orElse(true);
  }

  public SearchPage<TraceInfo> traces(String experimentId, SearchQuery query) {
    var asked = RestTraceStore.search(List.of(experimentId), query);
    return RestTraceStore.page(client.post("traces/search", asked));
  }

  /// With the spans that are there.
  public Trace trace(String id) {
    var answer = client.get("traces/get", "trace_id", id, "allow_partial", "true");
    return RestTraceStore.trace(answer.path("trace"));
  }

  /// Whether the caller may make a call, so that a page need not offer what will be refused.
  public boolean may(String call, String... namesAndValues) {
    try {
      require(call, namesAndValues);
      return true;
    } catch (Gate.PermissionDenied _) {
      return false;
    }
  }

  /// @throws Gate.PermissionDenied if the caller may not make such a call
  private void require(String call, String... namesAndValues) {
    gate.require(request, call, new Call(CallsWithin.fields(namesAndValues), true));
  }
}
