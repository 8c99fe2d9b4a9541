package io.mlopscore.tracking.http;

import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.auth.Action;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.ResourceType;

/// Who may hear of which events. What pages show is asked for like any call of the API.
///
/// @param prefix of the paths of the server; empty for none
public record EventAccess(Tracking tracking, String prefix) {
  boolean allows(Caller caller, ServerRequest request) {
    return caller.grants().isUnrestricted()
        || !request.path().path().equals(prefix + EventRoutes.PATH)
        || mayHear(caller, request);
  }

  private boolean mayHear(Caller caller, ServerRequest request) {
    var query = request.query();
    var needs = new Needs(tracking);
    if (query.contains("run_id")) {
      return needs.run(caller, query.get("run_id"), Action.READ);
    }
    if (query.contains("experiment_id")) {
      return Needs.experimentOf(caller, query.get("experiment_id"), Action.READ);
    }
    var name = query.first("registry").orElse("");
    if (!name.isEmpty()) {
      return needs.version(caller, name, Action.READ);
    }
    return caller.grants().shown(ResourceType.EXPERIMENT).isEverything()
        && caller.grants().shown(ResourceType.REGISTERED_MODEL).isEverything()
        && caller.grants().shown(ResourceType.PROMPT).isEverything();
  }
}
