package io.mlopscore.tracking.http;

import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.ArtifactPath;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.auth.Action;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.ResourceType;
import java.util.regex.Pattern;

/// Who may see the pages of the console and the stream of events. Lists on pages leave out by
/// themselves what their reader may not see.
public record PageAccess(Tracking tracking) {
  private static final Pattern EXPERIMENT = Pattern.compile("/experiments/([^/]+)");
  private static final Pattern RUN =
      Pattern.compile("(?:/experiments/[^/]+)?/runs/([^/]+)(?:/artifacts/.*)?");
  private static final Pattern MODEL = Pattern.compile("/models/([^/]+)");
  private static final Pattern LOGGED_MODEL = Pattern.compile("/logged-models/([^/]+)/.*");

  boolean allows(Caller caller, ServerRequest request) {
    if (caller.grants().isUnrestricted()) {
      return true;
    }
    var path = request.path().rawPath();
    var needs = new Needs(tracking);
    var experiment = EXPERIMENT.matcher(path);
    if (experiment.matches()) {
      return Needs.experimentOf(caller, decoded(experiment.group(1)), Action.READ);
    }
    var run = RUN.matcher(path);
    if (run.matches()) {
      return needs.run(caller, decoded(run.group(1)), Action.READ);
    }
    var model = MODEL.matcher(path);
    if (model.matches()) {
      return needs.version(caller, decoded(model.group(1)), Action.READ);
    }
    var logged = LOGGED_MODEL.matcher(path);
    if (logged.matches()) {
      return needs.loggedModel(caller, decoded(logged.group(1)), Action.READ);
    }
    return !path.equals(EventRoutes.PATH) || events(caller, needs, request);
  }

  private static String decoded(String text) {
    return ArtifactPath.decode(text);
  }

  private static boolean events(Caller caller, Needs needs, ServerRequest request) {
    var query = request.query();
    if (query.contains("run_id")) {
      return needs.run(caller, query.get("run_id"), Action.READ);
    }
    if (query.contains("experiment_id")) {
      return Needs.experimentOf(caller, query.get("experiment_id"), Action.READ);
    }
    return caller.grants().shown(ResourceType.EXPERIMENT).isEverything()
        && caller.grants().shown(ResourceType.REGISTERED_MODEL).isEverything()
        && caller.grants().shown(ResourceType.PROMPT).isEverything();
  }
}
