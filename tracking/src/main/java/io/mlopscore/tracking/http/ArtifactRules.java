package io.mlopscore.tracking.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.ArtifactPath;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.Action;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.Requirement;
import io.mlopscore.tracking.auth.ResourceType;
import io.mlopscore.tracking.auth.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Who may read and write files: behind the proxy the experiment that their path begins with
/// decides, and the kind of thing that it goes on with. So it is with spans.
record ArtifactRules(Tracking tracking) {
  private static final Pattern EXPERIMENT = Pattern.compile("(\\d+)(?:/(.*))?", Pattern.DOTALL);
  private static final Pattern RUN = Pattern.compile("[0-9a-f]{32}");

  /// What a request needs.
  record Access(Scope scope, Predicate<Caller> allowed) {}

  Access access(ServerRequest request) {
    var path = request.path().rawPath();
    var proxied = ArtifactRoutes.PROXY.matcher(path);
    if (proxied.matches()) {
      return proxied(proxied.group(1), request);
    }
    if (path.equals("/v1/traces")) {
      var experiment =
          request.headers().first(HeaderNames.create("x-mlflow-experiment-id")).orElse("");
      return new Access(
          Scope.WRITE, caller -> Needs.creating(caller, experiment, ResourceType.TRACE));
    }
    var needs = new Needs(tracking);
    if (ArtifactRoutes.UPLOAD.matcher(path).matches()) {
      return new Access(Scope.WRITE, caller -> needs.run(caller, run(request), Action.UPDATE));
    }
    if (ArtifactRoutes.TRACE_FILE.matcher(path).matches()) {
      var trace = TraceFile.id(request);
      return new Access(Scope.READ, caller -> needs.trace(caller, trace, Action.READ));
    }
    var model = ArtifactRoutes.MODEL_FILE.matcher(path);
    if (model.matches()) {
      var id = ArtifactPath.decode(model.group(1));
      return new Access(Scope.READ, caller -> needs.loggedModel(caller, id, Action.READ));
    }
    if (ArtifactRoutes.RUN_FILE.matcher(path).matches()) {
      return new Access(Scope.READ, caller -> needs.run(caller, run(request), Action.READ));
    }
    var name = request.query().first("name").orElse("");
    return new Access(Scope.READ, caller -> needs.version(caller, name, Action.READ));
  }

  private static String run(ServerRequest request) {
    var query = request.query();
    return query
        .first("run_id")
        .or(() -> query.first("run_uuid").asOptional())
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Request must specify run_id or run_uuid parameter"));
  }

  private static Access proxied(String rest, ServerRequest request) {
    var call = rest.startsWith("mpu/") ? rest.split("/", 3) : rest.split("/", 2);
    var named = call.length == 1 || (call.length == 2 && rest.startsWith("mpu/"));
    var path =
        ArtifactPath.of(
            named || call[call.length - 1].isEmpty()
                ? request.query().first("path").orElse("")
                : ArtifactPath.decode(call[call.length - 1]));
    return switch (request.prologue().method().text()) {
      case "GET", "HEAD" -> new Access(Scope.READ, caller -> may(caller, path, Action.READ));
      case "DELETE" -> new Access(Scope.WRITE, caller -> may(caller, path, Action.MANAGE));
      default -> new Access(Scope.WRITE, caller -> may(caller, path, Action.UPDATE));
    };
  }

  static boolean may(Caller caller, String path, Action action) {
    var place = EXPERIMENT.matcher(path);
    if (!place.matches()) {
      // of no experiment: what everybody may do
      return caller.grants().isUnrestricted() || caller.grants().everybody().allows(action);
    }
    var experiment = place.group(1);
    var inside = place.group(2) == null ? "" : place.group(2);
    var kinds = kinds(inside, action);
    if (kinds.isEmpty()) {
      return Needs.experimentOf(caller, experiment, action);
    }
    var needed = new ArrayList<Requirement>();
    needed.add(Requirement.experiment(experiment, Action.READ));
    for (var kind : kinds) {
      needed.add(Requirement.within(Requirement.experiment(experiment, action), kind));
    }
    return caller.may(needed);
  }

  /// What a path holds, or for a delete, all that it may take away.
  private static List<ResourceType> kinds(String inside, Action action) {
    var names = inside.split("/", -1);
    var deletes = action == Action.MANAGE;
    if (inside.isEmpty()) {
      return deletes
          ? List.of(ResourceType.RUN, ResourceType.TRACE, ResourceType.LOGGED_MODEL)
          : List.of();
    }
    return switch (names[0]) {
      case "models" -> List.of(ResourceType.LOGGED_MODEL);
      case "traces" -> List.of(ResourceType.TRACE);
      default ->
          deletes
                  || RUN.matcher(names[0]).matches()
                  || (names.length > 1 && names[1].equals("artifacts"))
              ? List.of(ResourceType.RUN)
              : List.of();
    };
  }
}
