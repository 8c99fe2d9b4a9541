package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.Passwords;
import io.mlopscore.tracking.auth.Permission;
import io.mlopscore.tracking.auth.Scope;
import io.mlopscore.tracking.auth.Users;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// The routes of MLflow's basic-auth app, which its `AuthServiceClient` calls. Register them before
/// [TrackingRoutes].
public final class UserRoutes implements HttpService {
  private static final System.Logger LOG = System.getLogger(UserRoutes.class.getName());
  private static final Pattern PATH =
      Pattern.compile("/(?:ajax-)?api/([23]\\.0)/mlflow/((?:users|roles)/.+)");

  private final Map<String, Asked> calls = new HashMap<>();
  private final Audit audit;

  /// Who besides admins may make a call.
  interface Allowed {
    boolean test(Caller caller, Call call);
  }

  /// A call that must know who makes it.
  interface Answering {
    ObjectNode answer(Caller caller, Call call);
  }

  record Asked(boolean writes, Allowed allowed, Answering answering) {}

  static Asked reading(Allowed allowed, Answering answering) {
    return new Asked(false, allowed, answering);
  }

  static Asked writing(Allowed allowed, Answering answering) {
    return new Asked(true, allowed, answering);
  }

  /// @param everybody what those may do who were granted nothing
  public UserRoutes(Users users, Passwords passwords, Permission everybody, Audit audit) {
    calls.putAll(new UserCalls(users, passwords, everybody).table());
    calls.putAll(new RoleCalls(users).table());
    this.audit = audit;
  }

  @Override
  public void routing(HttpRules rules) {
    for (var api : new String[] {"/api", "/ajax-api"}) {
      for (var version : new String[] {"/2.0", "/3.0"}) {
        rules.any(api + version + "/mlflow/users/*", this::answer);
        rules.any(api + version + "/mlflow/roles/*", this::answer);
      }
    }
  }

  private void answer(ServerRequest request, ServerResponse response) {
    try {
      send(response, Status.OK_200, answer(request));
    } catch (Gate.PermissionDenied e) {
      response.status(Status.FORBIDDEN_403);
      response.send(e.getMessage());
    } catch (TrackingException e) {
      fail(response, e.code(), String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, request.path().path(), e);
      fail(response, ErrorCode.INTERNAL_ERROR, "The server's log says why.");
    }
  }

  private ObjectNode answer(ServerRequest request) throws IOException {
    var method = request.prologue().method().text();
    var path = PATH.matcher(request.path().path());
    var name = path.matches() ? path.group(1) + " " + method + " " + path.group(2) : "";
    if (!calls.containsKey(name)) {
      throw Unserved.call(method, request.path().path());
    }
    return answer(request, name, Fields.of(request));
  }

  /// Makes a call for somebody whose request is being answered, by the same rules and into the same
  /// log as from outside.
  ///
  /// @param name such as `2.0 GET users/list`
  /// @param fields names and values
  public ObjectNode within(ServerRequest request, String name, Map<String, Object> fields) {
    return answer(request, name, new Call(new ObjectMapper().valueToTree(fields), false));
  }

  private ObjectNode answer(ServerRequest request, String name, Call call) {
    var asked = Objects.requireNonNull(calls.get(name), name);
    if (!asked.writes()) {
      return permitted(asked, Callers.of(request), call);
    }
    audit.check();
    return written(request, name.substring(name.indexOf(' ') + 1), asked, call);
  }

  private ObjectNode written(ServerRequest request, String name, Asked asked, Call call) {
    var ids = Audit.ids(call.fields());
    try {
      var answer = permitted(asked, Callers.of(request), call);
      audit.tell(request, name, ids, 200);
      return answer;
    } catch (RuntimeException e) {
      audit.tell(request, name, ids, Gate.status(e));
      throw e;
    }
  }

  private static ObjectNode permitted(Asked asked, Caller caller, Call call) {
    if (asked.writes() && caller.scope() != Scope.ADMIN) {
      throw new Gate.PermissionDenied();
    }
    if (!caller.isAdmin() && !asked.allowed().test(caller, call)) {
      throw new Gate.PermissionDenied();
    }
    return asked.answering().answer(caller, call);
  }

  private static void fail(ServerResponse response, ErrorCode code, String message) {
    send(
        response,
        Status.create(code.httpStatus()),
        Messages.empty().put("error_code", code.name()).put("message", message));
  }

  private static void send(ServerResponse response, Status status, ObjectNode message) {
    response.status(status);
    response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(message.toPrettyString());
  }
}
