package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.auth.Action;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.Grant;
import io.mlopscore.tracking.auth.Permission;
import io.mlopscore.tracking.auth.ResourceType;
import io.mlopscore.tracking.auth.Scope;
import io.mlopscore.tracking.auth.Users;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lets pass what its caller may do, and tells the audit log of writes.
public final class Guard implements Gate {
  private final CallRules rules;
  private final ArtifactRules artifacts;
  private final Needs needs;
  private final @Nullable Users users;
  private final Audit audit;

  /// @param users null if everybody may do everything, and only the log is kept
  public Guard(Tracking tracking, @Nullable Users users, Audit audit) {
    this.rules = new CallRules(tracking);
    this.artifacts = new ArtifactRules(tracking);
    this.needs = new Needs(tracking);
    this.users = users;
    this.audit = audit;
  }

  @Override
  public JsonSerializable answer(ServerRequest request, String name, Call call, Rpc rpc) {
    var rule = rules.of(name);
    if (!rule.writes()) {
      return permitted(request, name, call, rpc, rule);
    }
    audit.check();
    var ids = Audit.ids(call.fields());
    try {
      var answer = permitted(request, name, call, rpc, rule);
      if (answer instanceof ObjectNode message) {
        ids.putAll(made(message));
      }
      audit.tell(request, name, ids, 200);
      return answer;
    } catch (RuntimeException e) {
      audit.tell(request, name, ids, Gate.status(e));
      throw e;
    }
  }

  private JsonSerializable permitted(
      ServerRequest request, String name, Call call, Rpc rpc, Rule rule) {
    if (users == null) {
      return rpc.answer(call);
    }
    var caller = Callers.of(request);
    if (!rule.allows(caller, call)) {
      throw new PermissionDenied();
    }
    var answer =
        caller.grants().isUnrestricted()
            ? rpc.answer(call)
            : new Narrowing(caller).answer(name, call, rpc);
    if (answer instanceof ObjectNode message) {
      afterwards(users, caller, name, call, message);
    }
    return answer;
  }

  @Override
  public void require(ServerRequest request, String name, Call call) {
    if (users != null && !rules.of(name).allows(Callers.of(request), call)) {
      throw new PermissionDenied();
    }
  }

  /// Who makes something manages it; what was granted on it goes with it.
  private static void afterwards(
      Users users, Caller caller, String name, Call call, ObjectNode answer) {
    switch (name) {
      case "POST experiments/create" ->
          manage(users, caller, ResourceType.EXPERIMENT, answer.path("experiment_id").asText());
      case "POST registered-models/create" -> {
        var tags = new Call(answer.path("registered_model"), false).pairs("tags");
        var prompt = Needs.isPrompt(tags.getOrDefault(io.mlopscore.tracking.Prompts.TAG, ""));
        manage(
            users,
            caller,
            prompt ? ResourceType.PROMPT : ResourceType.REGISTERED_MODEL,
            answer.path("registered_model").path("name").asText());
      }
      case "POST registered-models/rename" -> {
        users.rename(ResourceType.REGISTERED_MODEL, call.text("name"), call.text("new_name"));
        users.rename(ResourceType.PROMPT, call.text("name"), call.text("new_name"));
      }
      case "DELETE registered-models/delete" -> {
        users.forget(ResourceType.REGISTERED_MODEL, call.text("name"));
        users.forget(ResourceType.PROMPT, call.text("name"));
      }
      default -> {}
    }
  }

  private static void manage(Users users, Caller caller, ResourceType type, String id) {
    users.grant(caller.user().name(), new Grant(type, id, Permission.MANAGE));
  }

  private static Map<String, Object> made(ObjectNode answer) {
    var ids = new LinkedHashMap<String, Object>();
    put(ids, "experiment_id", answer.path("experiment_id").asText());
    put(ids, "run_id", answer.path("run").path("info").path("run_id").asText());
    put(ids, "model_id", answer.path("model").path("info").path("model_id").asText());
    put(ids, "version", answer.path("model_version").path("version").asText());
    return ids;
  }

  private static void put(Map<String, Object> ids, String name, String id) {
    if (!id.isEmpty()) {
      ids.put(name, id);
    }
  }

  @Override
  public void check() {
    if (users != null) {
      var _ = users.account("");
    }
  }

  @Override
  public void trace(ServerRequest request, Collection<String> traces, String run) {
    if (users == null) {
      return;
    }
    var caller = Callers.of(request);
    var allowed =
        needs.traces(caller, traces, Action.UPDATE)
            && (run.isEmpty() || needs.run(caller, run, Action.UPDATE));
    if (!allowed) {
      throw new PermissionDenied();
    }
  }

  @Override
  public void carry(ServerRequest request, Carrying carrying) throws IOException {
    var access = artifacts.access(request);
    if (access.scope() == Scope.READ) {
      permit(request, access);
      carrying.run();
      return;
    }
    audit.check();
    var status = 500;
    try {
      permit(request, access);
      carrying.run();
      status = 200;
    } catch (RuntimeException e) {
      status = Gate.status(e);
      throw e;
    } finally {
      audit.tell(
          request,
          request.path().path().equals("/v1/traces") ? "POST /v1/traces" : "artifacts",
          ids(request),
          status);
    }
  }

  private static Map<String, Object> ids(ServerRequest request) {
    var ids = new LinkedHashMap<String, Object>();
    ids.put("method", request.prologue().method().text());
    ids.put("path", Audit.cut(request.path().path()));
    put(ids, "run_id", request.query().first("run_uuid").orElse(""));
    return ids;
  }

  private void permit(ServerRequest request, ArtifactRules.Access access) {
    if (users == null) {
      return;
    }
    var caller = Callers.of(request);
    if (!caller.scope().covers(access.scope()) || !access.allowed().test(caller)) {
      throw new PermissionDenied();
    }
  }
}
