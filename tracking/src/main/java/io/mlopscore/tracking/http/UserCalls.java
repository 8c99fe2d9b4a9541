package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.Action;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.Grant;
import io.mlopscore.tracking.auth.PasswordHash;
import io.mlopscore.tracking.auth.Passwords;
import io.mlopscore.tracking.auth.Permission;
import io.mlopscore.tracking.auth.ResourceType;
import io.mlopscore.tracking.auth.Role;
import io.mlopscore.tracking.auth.User;
import io.mlopscore.tracking.auth.Users;
import java.util.List;
import java.util.Map;

/// The calls under `users/`: who there is, their passwords, and what they are granted.
final class UserCalls {
  private static final int SHORTEST_PASSWORD = 12;

  private final Users users;
  private final Passwords passwords;
  private final Permission everybody;

  UserCalls(Users users, Passwords passwords, Permission everybody) {
    this.users = users;
    this.passwords = passwords;
    this.everybody = everybody;
  }

  Map<String, UserRoutes.Asked> table() {
    return Map.ofEntries(
        Map.entry("2.0 POST users/create", UserRoutes.writing(UserCalls::seesAll, this::create)),
        Map.entry("2.0 GET users/get", UserRoutes.reading(UserCalls::isSelf, this::get)),
        Map.entry("2.0 GET users/current", UserRoutes.reading((_, _) -> true, this::current)),
        Map.entry("2.0 GET users/list", UserRoutes.reading((_, _) -> true, this::list)),
        Map.entry(
            "2.0 PATCH users/update-password",
            UserRoutes.writing(UserCalls::isSelf, this::updatePassword)),
        Map.entry(
            "2.0 PATCH users/update-admin", UserRoutes.writing((_, _) -> false, this::updateAdmin)),
        Map.entry("2.0 DELETE users/delete", UserRoutes.writing((_, _) -> false, this::delete)),
        Map.entry(
            "3.0 GET users/current/permissions",
            UserRoutes.reading((_, _) -> true, (caller, _) -> permissions(caller.user().name()))),
        Map.entry(
            "3.0 GET users/permissions/list",
            UserRoutes.reading(
                UserCalls::isSelfOrSeesAll,
                (caller, call) -> permissions(call.required("username")))),
        Map.entry(
            "3.0 GET users/permissions/get",
            UserRoutes.reading(UserCalls::isSelfOrSeesAll, this::permission)),
        Map.entry(
            "3.0 POST users/permissions/grant",
            UserRoutes.writing(UserCalls::manages, this::grant)),
        Map.entry(
            "3.0 POST users/permissions/revoke",
            UserRoutes.writing(UserCalls::manages, this::revoke)));
  }

  private static boolean seesAll(Caller caller, Call call) {
    return caller.grants().managesAll();
  }

  private static boolean isSelf(Caller caller, Call call) {
    return call.required("username").equals(caller.user().name());
  }

  private static boolean isSelfOrSeesAll(Caller caller, Call call) {
    return isSelf(caller, call) || seesAll(caller, call);
  }

  /// What belongs to somebody they may share; what is for all of a kind, only who manages all.
  private static boolean manages(Caller caller, Call call) {
    var type = resource(call);
    var id = call.required("resource_id");
    return id.equals(Grant.ALL)
        ? caller.grants().managesAll()
        : caller.grants().on(type, id).allows(Action.MANAGE);
  }

  private static ResourceType resource(Call call) {
    var type = ResourceType.of(call.required("resource_type"));
    if (type == ResourceType.WORKSPACE) {
      throw invalid(
          "resource_type 'workspace' is not supported by the per-user permission convenience APIs."
              + " Use set_workspace_permission / delete_workspace_permission for workspace-wide"
              + " grants.");
    }
    return type;
  }

  static TrackingException invalid(String message) {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, message);
  }

  static ObjectNode message(User user) {
    return Messages.empty()
        .put("id", user.id())
        .put("username", user.name())
        .put("is_admin", user.admin());
  }

  static void checkPassword(String password) {
    if (password.length() < SHORTEST_PASSWORD) {
      throw invalid("Password must be at least 12 characters.");
    }
  }

  private ObjectNode create(Caller caller, Call call) {
    var name = call.required("username");
    var password = call.required("password");
    checkPassword(password);
    return Messages.of("user", message(users.create(name, PasswordHash.of(password), false)));
  }

  private ObjectNode get(Caller caller, Call call) {
    return Messages.of("user", message(users.user(call.required("username"))));
  }

  private ObjectNode current(Caller caller, Call call) {
    return Messages.of("user", message(caller.user()))
        .put("is_basic_auth", caller.how().equals("password"));
  }

  private ObjectNode list(Caller caller, Call call) {
    var answer = Messages.empty();
    var array = answer.putArray("users");
    for (var user : users.users()) {
      var roles = array.addObject().setAll(message(user));
      var visible =
          caller.grants().isUnrestricted() || user.id() == caller.user().id()
              ? users.roles().of(user.id())
              : List.<Role>of();
      Messages.evenEmpty((ObjectNode) roles, "roles", visible, RoleCalls::message);
    }
    return answer;
  }

  private ObjectNode updatePassword(Caller caller, Call call) {
    var name = call.required("username");
    var password = call.required("password");
    if (name.equals(caller.user().name())) {
      requireCurrent(name, password, call.text("current_password"));
    }
    checkPassword(password);
    users.setPassword(name, PasswordHash.of(password));
    return Messages.empty();
  }

  /// A stolen session must not become a stolen account.
  private void requireCurrent(String name, String password, String current) {
    if (current.isEmpty()) {
      throw invalid("Current password is required when changing your own password.");
    }
    if (passwords.check(name, current).isEmpty()) {
      throw invalid("Current password does not match.");
    }
    if (password.equals(current)) {
      throw invalid("New password must differ from the current password.");
    }
  }

  private ObjectNode updateAdmin(Caller caller, Call call) {
    users.setAdmin(call.required("username"), call.flag("is_admin"));
    return Messages.empty();
  }

  private ObjectNode delete(Caller caller, Call call) {
    var name = call.required("username");
    if (name.equals(caller.user().name())) {
      throw new TrackingException(
          ErrorCode.BAD_REQUEST,
          "Users cannot delete their own account. Ask another admin to delete this user instead.");
    }
    users.delete(name);
    return Messages.empty();
  }

  private ObjectNode permissions(String name) {
    var user = users.user(name);
    var answer = Messages.empty().put("is_admin", user.admin());
    var rows = answer.putArray("permissions");
    for (var role : users.roles().of(user.id())) {
      for (var permission : role.permissions()) {
        rows.addObject()
            .put("role_id", role.id())
            .put("role_name", role.name())
            .put("workspace", role.workspace())
            .put("resource_type", permission.type())
            .put("resource_pattern", permission.pattern())
            .put("permission", permission.permission());
      }
    }
    return answer;
  }

  private ObjectNode permission(Caller caller, Call call) {
    var name = call.required("username");
    var type = resource(call);
    var id = call.required("resource_id");
    users.user(name);
    var grants =
        users
            .account(name)
            .map(
                account ->
                    new io.mlopscore.tracking.auth.Grants(false, account.grants(), everybody))
            .orElseThrow();
    var permission = grants.on(type, id);
    return Messages.empty()
        .put("allowed", permission.allows(Action.USE))
        .put("permission", permission.name());
  }

  private ObjectNode grant(Caller caller, Call call) {
    var type = resource(call);
    var id = call.required("resource_id");
    users.user(call.required("username"));
    type.checkPattern(id);
    users.addGrant(
        call.required("username"),
        new Grant(type, id, Permission.grantable(call.required("permission"), type)));
    return Messages.empty();
  }

  private ObjectNode revoke(Caller caller, Call call) {
    users.user(call.required("username"));
    users.revoke(call.required("username"), resource(call), call.required("resource_id"));
    return Messages.empty();
  }
}
