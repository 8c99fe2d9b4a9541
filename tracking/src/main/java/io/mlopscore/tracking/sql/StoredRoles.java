package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.Grant;
import io.mlopscore.tracking.auth.Permission;
import io.mlopscore.tracking.auth.ResourceType;
import io.mlopscore.tracking.auth.Role;
import io.mlopscore.tracking.auth.RoleAssignment;
import io.mlopscore.tracking.auth.RolePermission;
import io.mlopscore.tracking.auth.Roles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The roles in a database of MLflow's basic-auth app; the statements are in [SqlRoles].
///
/// @param present whether the database knows roles
record StoredRoles(Database database, boolean present) implements Roles {
  @Override
  public Role create(String name, String workspace, @Nullable String description) {
    return known().write(handle -> SqlRoles.create(handle, name, workspace, description));
  }

  @Override
  public Role get(long id) {
    return known().read(handle -> SqlRoles.one(handle, id));
  }

  @Override
  public List<Role> in(List<String> workspaces) {
    var condition =
        workspaces.isEmpty()
            ? SqlText.of("1 = 1")
            : SqlText.of("r.workspace IN ").list(List.copyOf(workspaces));
    return known().read(handle -> SqlRoles.found(handle, condition));
  }

  @Override
  public List<Role> of(long userId) {
    return present ? database.read(handle -> SqlRoles.of(handle, userId)) : List.of();
  }

  @Override
  public Role update(long id, @Nullable String name, @Nullable String description) {
    return known().write(handle -> SqlRoles.update(handle, id, name, description));
  }

  @Override
  public void delete(long id) {
    known().change(handle -> SqlRoles.delete(handle, id));
  }

  @Override
  public RolePermission addPermission(long roleId, Grant grant) {
    return known().write(handle -> SqlRoles.add(handle, roleId, grant));
  }

  @Override
  public RolePermission updatePermission(long id, String permission) {
    return known()
        .write(
            handle -> {
              var type = ResourceType.of(SqlRoles.permission(handle, id).type());
              handle.execute(
                  "UPDATE role_permissions SET permission = ? WHERE id = ?",
                  Permission.grantable(permission, type).name(),
                  id);
              return SqlRoles.permission(handle, id);
            });
  }

  @Override
  public void removePermission(long id) {
    known()
        .change(
            handle -> {
              SqlRoles.permission(handle, id);
              handle.execute("DELETE FROM role_permissions WHERE id = ?", id);
            });
  }

  @Override
  public RoleAssignment assign(long userId, long roleId) {
    return known().write(handle -> SqlRoles.assign(handle, userId, roleId));
  }

  @Override
  public void unassign(long userId, long roleId) {
    known().change(handle -> SqlRoles.unassign(handle, userId, roleId));
  }

  @Override
  public List<RoleAssignment> assignments(long roleId) {
    return known().read(handle -> SqlRoles.assignments(handle, roleId));
  }

  /// @throws TrackingException where the database knows no roles
  private Database known() {
    if (!present) {
      throw new TrackingException(
          ErrorCode.NOT_IMPLEMENTED,
          "This database of users was made by an older MLflow, which knows no roles; upgrade it with"
              + " `mlflow server --app-name basic-auth`.");
    }
    return database;
  }
}
