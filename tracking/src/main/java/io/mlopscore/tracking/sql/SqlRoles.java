package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.Grant;
import io.mlopscore.tracking.auth.Role;
import io.mlopscore.tracking.auth.RoleAssignment;
import io.mlopscore.tracking.auth.RolePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements for roles.
final class SqlRoles {
  private SqlRoles() {}

  private static TrackingException absent(String what) {
    return new TrackingException(ErrorCode.RESOURCE_DOES_NOT_EXIST, what + " not found");
  }

  private static TrackingException exists(String what) {
    return new TrackingException(ErrorCode.RESOURCE_ALREADY_EXISTS, what + " already exists");
  }

  private static void checkName(String name) {
    if (name.startsWith(RoleGrants.HIDDEN)) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Role name '"
              + name
              + "' uses the reserved '__user_' prefix, which is held for the per-user permission"
              + " representation. Choose a different name.");
    }
  }

  static Role create(Handle handle, String name, String workspace, @Nullable String description) {
    checkName(name);
    return handle
        .createQuery(
            "INSERT INTO roles (name, workspace, description) VALUES (:name, :workspace,"
                + " :description) ON CONFLICT DO NOTHING RETURNING id")
        .bind("name", name)
        .bind("workspace", workspace)
        .bind("description", description)
        .mapTo(Long.class)
        .findOne()
        .map(id -> new Role(id, name, workspace, description, List.of()))
        .orElseThrow(() -> exists("Role (name=" + name + ", workspace=" + workspace + ")"));
  }

  static Role one(Handle handle, long id) {
    return found(handle, SqlText.of("r.id = ?", id)).stream()
        .findFirst()
        .orElseThrow(() -> absent("Role with id=" + id));
  }

  static List<Role> of(Handle handle, long user) {
    return found(
        handle,
        SqlText.of("r.id IN (SELECT role_id FROM user_role_assignments WHERE user_id = ?)", user));
  }

  /// Roles with their permissions, in two queries.
  static List<Role> found(Handle handle, SqlText condition) {
    var permissions = new HashMap<Long, List<RolePermission>>();
    SqlText.of(
            "SELECT p.id, p.role_id, p.resource_type, p.resource_pattern, p.permission"
                + " FROM role_permissions p JOIN roles r ON r.id = p.role_id WHERE ")
        .add(condition)
        .add(" ORDER BY p.id")
        .query(handle)
        .map((row, _) -> permission(row))
        .forEach(
            each -> permissions.computeIfAbsent(each.roleId(), _ -> new ArrayList<>()).add(each));
    return SqlText.of("SELECT r.id, r.name, r.workspace, r.description FROM roles r WHERE ")
        .add(condition)
        .add(" ORDER BY r.id")
        .query(handle)
        .map((row, _) -> role(row, permissions))
        .list();
  }

  private static Role role(java.sql.ResultSet row, Map<Long, List<RolePermission>> permissions)
      throws java.sql.SQLException {
    var id = row.getLong(1);
    return new Role(
        id,
        row.getString(2),
        row.getString(3),
        row.getString(4),
        permissions.getOrDefault(id, List.of()));
  }

  private static RolePermission permission(java.sql.ResultSet row) throws java.sql.SQLException {
    return new RolePermission(
        row.getLong(1), row.getLong(2), row.getString(3), row.getString(4), row.getString(5));
  }

  static Role update(Handle handle, long id, @Nullable String name, @Nullable String description) {
    var role = one(handle, id);
    if (name != null) {
      checkName(name);
      rename(handle, role, name);
    }
    if (description != null) {
      handle.execute("UPDATE roles SET description = ? WHERE id = ?", description, id);
    }
    return one(handle, id);
  }

  private static void rename(Handle handle, Role role, String name) {
    var taken =
        handle
            .select(
                "SELECT id FROM roles WHERE workspace = ? AND name = ? AND id <> ?",
                role.workspace(),
                name,
                role.id())
            .mapTo(Long.class)
            .findFirst();
    if (taken.isPresent()) {
      throw new TrackingException(
          ErrorCode.RESOURCE_ALREADY_EXISTS,
          "Role with name=" + name + " already exists in workspace=" + role.workspace());
    }
    handle.execute("UPDATE roles SET name = ? WHERE id = ?", name, role.id());
  }

  static void delete(Handle handle, long id) {
    one(handle, id);
    handle.execute("DELETE FROM role_permissions WHERE role_id = ?", id);
    handle.execute("DELETE FROM user_role_assignments WHERE role_id = ?", id);
    handle.execute("DELETE FROM roles WHERE id = ?", id);
  }

  static RolePermission add(Handle handle, long role, Grant grant) {
    one(handle, role);
    return handle
        .createQuery(
            "INSERT INTO role_permissions (role_id, resource_type, resource_pattern, permission)"
                + " VALUES (:role, :type, :pattern, :permission) ON CONFLICT DO NOTHING"
                + " RETURNING id, role_id, resource_type, resource_pattern, permission")
        .bind("role", role)
        .bind("type", grant.type().word())
        .bind("pattern", grant.pattern())
        .bind("permission", grant.permission().name())
        .map((row, _) -> permission(row))
        .findOne()
        .orElseThrow(
            () ->
                exists(
                    "Role permission (role_id="
                        + role
                        + ", resource_type="
                        + grant.type().word()
                        + ", resource_pattern="
                        + grant.pattern()
                        + ")"));
  }

  static RolePermission permission(Handle handle, long id) {
    return handle
        .select(
            "SELECT id, role_id, resource_type, resource_pattern, permission FROM role_permissions"
                + " WHERE id = ?",
            id)
        .map((row, _) -> permission(row))
        .findOne()
        .orElseThrow(() -> absent("Role permission with id=" + id));
  }

  static RoleAssignment assign(Handle handle, long user, long role) {
    one(handle, role);
    return handle
        .createQuery(
            "INSERT INTO user_role_assignments (user_id, role_id) VALUES (:user, :role)"
                + " ON CONFLICT DO NOTHING RETURNING id")
        .bind("user", user)
        .bind("role", role)
        .mapTo(Long.class)
        .findOne()
        .map(id -> new RoleAssignment(id, user, role))
        .orElseThrow(
            () -> exists("User role assignment (user_id=" + user + ", role_id=" + role + ")"));
  }

  static void unassign(Handle handle, long user, long role) {
    var removed =
        handle.execute(
            "DELETE FROM user_role_assignments WHERE user_id = ? AND role_id = ?", user, role);
    if (removed == 0) {
      throw absent("User role assignment (user_id=" + user + ", role_id=" + role + ")");
    }
  }

  static List<RoleAssignment> assignments(Handle handle, long role) {
    one(handle, role);
    return handle
        .select(
            "SELECT id, user_id, role_id FROM user_role_assignments WHERE role_id = ? ORDER BY id",
            role)
        .map((row, _) -> new RoleAssignment(row.getLong(1), row.getLong(2), row.getLong(3)))
        .list();
  }
}
