package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.Grant;
import io.mlopscore.tracking.auth.Permission;
import io.mlopscore.tracking.auth.ResourceType;
import io.mlopscore.tracking.auth.Role;
import io.mlopscore.tracking.auth.RoleAssignment;
import io.mlopscore.tracking.auth.RolePermission;
import io.mlopscore.tracking.auth.Users;
import java.util.List;
import java.util.Map;

/// The calls under `roles/`, and `users/roles/list`: permissions under a name.
final class RoleCalls {
  private final Users users;

  RoleCalls(Users users) {
    this.users = users;
  }

  Map<String, UserRoutes.Asked> table() {
    UserRoutes.Allowed managing = (caller, _) -> caller.grants().managesAll();
    return Map.ofEntries(
        Map.entry("3.0 POST roles/create", UserRoutes.writing(managing, this::create)),
        Map.entry("3.0 GET roles/get", UserRoutes.reading(this::hasRole, this::get)),
        Map.entry("3.0 GET roles/list", UserRoutes.reading(this::lists, this::list)),
        Map.entry("3.0 PATCH roles/update", UserRoutes.writing(managing, this::update)),
        Map.entry("3.0 DELETE roles/delete", UserRoutes.writing(managing, this::delete)),
        Map.entry("3.0 POST roles/permissions/add", UserRoutes.writing(managing, this::add)),
        Map.entry(
            "3.0 DELETE roles/permissions/remove", UserRoutes.writing(managing, this::remove)),
        Map.entry(
            "3.0 GET roles/permissions/list", UserRoutes.reading(this::hasRole, this::permissions)),
        Map.entry(
            "3.0 PATCH roles/permissions/update",
            UserRoutes.writing(managing, this::updatePermission)),
        Map.entry("3.0 POST roles/assign", UserRoutes.writing(managing, this::assign)),
        Map.entry("3.0 DELETE roles/unassign", UserRoutes.writing(managing, this::unassign)),
        Map.entry(
            "3.0 GET users/roles/list",
            UserRoutes.reading(
                (caller, call) ->
                    caller.user().name().equals(call.required("username"))
                        || caller.grants().managesAll(),
                this::ofUser)),
        Map.entry("3.0 GET roles/users/list", UserRoutes.reading(managing, this::assignments)));
  }

  private boolean hasRole(Caller caller, Call call) {
    return !users.roles().of(caller.user().id()).isEmpty();
  }

  private boolean lists(Caller caller, Call call) {
    return !call.texts("workspace").isEmpty()
        && call.texts("workspace").stream().allMatch(Role.WORKSPACE::equals)
        && hasRole(caller, call);
  }

  static ObjectNode message(Role role) {
    var message =
        Messages.empty()
            .put("id", role.id())
            .put("name", role.name())
            .put("workspace", role.workspace())
            .put("description", role.description());
    return Messages.evenEmpty(message, "permissions", role.permissions(), RoleCalls::message);
  }

  private static ObjectNode message(RolePermission permission) {
    return Messages.empty()
        .put("id", permission.id())
        .put("role_id", permission.roleId())
        .put("resource_type", permission.type())
        .put("resource_pattern", permission.pattern())
        .put("permission", permission.permission());
  }

  private static ObjectNode message(RoleAssignment assignment) {
    return Messages.empty()
        .put("id", assignment.id())
        .put("user_id", assignment.userId())
        .put("role_id", assignment.roleId());
  }

  private static long id(Call call, String name) {
    var text = call.fields().path(name).asText();
    if (text.isEmpty()) {
      call.required(name);
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw UserCalls.invalid("Parameter '" + name + "' must be an integer. Got: '" + text + "'");
    }
  }

  private static long role(Call call) {
    return id(call, "role_id");
  }

  private ObjectNode create(Caller caller, Call call) {
    var name = call.required("name");
    var workspace = call.required("workspace");
    if (name.isBlank()) {
      throw UserCalls.invalid("Role name cannot be empty.");
    }
    if (workspace.isBlank()) {
      throw UserCalls.invalid("Workspace cannot be empty.");
    }
    return Messages.of(
        "role", message(users.roles().create(name, workspace, call.optional("description"))));
  }

  private ObjectNode get(Caller caller, Call call) {
    return Messages.of("role", message(users.roles().get(role(call))));
  }

  private ObjectNode list(Caller caller, Call call) {
    return Messages.evenEmpty(
        Messages.empty(), "roles", users.roles().in(call.texts("workspace")), RoleCalls::message);
  }

  private ObjectNode update(Caller caller, Call call) {
    var name = call.has("name") ? call.text("name") : null;
    var description = call.has("description") ? call.text("description") : null;
    if (name == null && description == null) {
      throw UserCalls.invalid(
          "At least one of 'name' or 'description' must be provided to update a role.");
    }
    if (name != null && name.isBlank()) {
      throw UserCalls.invalid("Role name cannot be empty.");
    }
    return Messages.of("role", message(users.roles().update(role(call), name, description)));
  }

  private ObjectNode delete(Caller caller, Call call) {
    users.roles().delete(role(call));
    return Messages.empty();
  }

  private ObjectNode add(Caller caller, Call call) {
    var role = role(call);
    var type = ResourceType.of(call.required("resource_type"));
    var pattern = call.required("resource_pattern");
    var permission = Permission.grantable(call.required("permission"), type);
    type.checkPattern(pattern);
    var added = users.roles().addPermission(role, new Grant(type, pattern, permission));
    return Messages.of("role_permission", message(added));
  }

  private ObjectNode remove(Caller caller, Call call) {
    users.roles().removePermission(id(call, "role_permission_id"));
    return Messages.empty();
  }

  private ObjectNode permissions(Caller caller, Call call) {
    return Messages.evenEmpty(
        Messages.empty(),
        "role_permissions",
        users.roles().get(role(call)).permissions(),
        RoleCalls::message);
  }

  private ObjectNode updatePermission(Caller caller, Call call) {
    var id = id(call, "role_permission_id");
    return Messages.of(
        "role_permission",
        message(users.roles().updatePermission(id, call.required("permission"))));
  }

  private ObjectNode assign(Caller caller, Call call) {
    var user = users.user(call.required("username"));
    return Messages.of("assignment", message(users.roles().assign(user.id(), role(call))));
  }

  private ObjectNode unassign(Caller caller, Call call) {
    users.roles().unassign(users.user(call.required("username")).id(), role(call));
    return Messages.empty();
  }

  private ObjectNode ofUser(Caller caller, Call call) {
    List<Role> roles = users.roles().of(users.user(call.required("username")).id());
    return Messages.evenEmpty(Messages.empty(), "roles", roles, RoleCalls::message);
  }

  private ObjectNode assignments(Caller caller, Call call) {
    return Messages.evenEmpty(
        Messages.empty(), "assignments", users.roles().assignments(role(call)), RoleCalls::message);
  }
}
