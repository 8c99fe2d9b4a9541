package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.Grant;
import io.mlopscore.tracking.auth.Permission;
import io.mlopscore.tracking.auth.ResourceType;
import io.mlopscore.tracking.auth.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Grants as permissions of roles. What a user was granted alone hangs on a hidden role of theirs,
/// `__user_7__`, which is what MLflow does too.
///
/// @param hasPrompts whether prompts are granted apart from registered models
record RoleGrants(boolean hasPrompts) implements GrantTables {
  /// Names that begin so are kept for hidden roles.
  static final String HIDDEN = "__user_";

  private static final String OF_USERS =
      " AND role_id IN (SELECT id FROM roles WHERE workspace = 'default'"
          + " AND name LIKE '!_!_user!_%' ESCAPE '!')";

  @Override
  public List<Grant> of(Handle handle, long user) {
    return handle
        .select(
            "SELECT p.resource_type, p.resource_pattern, p.permission FROM role_permissions p"
                + " JOIN roles r ON r.id = p.role_id"
                + " JOIN user_role_assignments a ON a.role_id = r.id"
                + " WHERE a.user_id = ? AND r.workspace = 'default'",
            user)
        .map((row, _) -> grant(row.getString(1), row.getString(2), row.getString(3)))
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /// A grant that a newer MLflow knows, and nobody here, counts for nothing, but if it is a veto.
  static Optional<Grant> grant(String type, String pattern, String permission) {
    return Arrays.stream(ResourceType.values())
        .filter(known -> known.word().equals(type))
        .findFirst()
        .map(
            known ->
                new Grant(
                    known,
                    pattern,
                    Arrays.stream(Permission.values())
                        .filter(each -> each.name().equals(permission))
                        .findFirst()
                        .orElse(Permission.NO_PERMISSIONS)));
  }

  private String word(ResourceType type) {
    return type == ResourceType.PROMPT && !hasPrompts
        ? ResourceType.REGISTERED_MODEL.word()
        : type.word();
  }

  @Override
  public void put(Handle handle, long user, Grant grant) {
    handle.execute(
        "INSERT INTO role_permissions (role_id, resource_type, resource_pattern, permission)"
            + " VALUES (?, ?, ?, ?) ON CONFLICT (role_id, resource_type, resource_pattern)"
            + " DO UPDATE SET permission = excluded.permission",
        hiddenRole(handle, user),
        word(grant.type()),
        grant.pattern(),
        grant.permission().name());
  }

  @Override
  public boolean add(Handle handle, long user, Grant grant) {
    return handle.execute(
            "INSERT INTO role_permissions (role_id, resource_type, resource_pattern, permission)"
                + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            hiddenRole(handle, user),
            word(grant.type()),
            grant.pattern(),
            grant.permission().name())
        > 0;
  }

  @Override
  public boolean remove(Handle handle, long user, ResourceType type, String pattern) {
    return handle.execute(
            "DELETE FROM role_permissions WHERE resource_type = ? AND resource_pattern = ?"
                + " AND role_id IN (SELECT id FROM roles WHERE workspace = ? AND name = ?)",
            word(type),
            pattern,
            Role.WORKSPACE,
            hiddenName(user))
        > 0;
  }

  @Override
  public void forget(Handle handle, ResourceType type, String id) {
    handle.execute(
        "DELETE FROM role_permissions WHERE resource_type = ? AND resource_pattern = ?" + OF_USERS,
        word(type),
        id);
  }

  @Override
  public void rename(Handle handle, ResourceType type, String id, String newId) {
    handle.execute(
        "UPDATE role_permissions SET resource_pattern = ?"
            + " WHERE resource_type = ? AND resource_pattern = ?"
            + OF_USERS,
        newId,
        word(type),
        id);
  }

  static String hiddenName(long user) {
    return HIDDEN + user + "__";
  }

  /// The hidden role of a user, who is the only one that may have it.
  private static long hiddenRole(Handle handle, long user) {
    handle.execute(
        "INSERT INTO roles (name, workspace) VALUES (?, ?) ON CONFLICT DO NOTHING",
        hiddenName(user),
        Role.WORKSPACE);
    var role =
        handle
            .select(
                "SELECT id FROM roles WHERE name = ? AND workspace = ?",
                hiddenName(user),
                Role.WORKSPACE)
            .mapTo(Long.class)
            .one();
    var others =
        handle
            .select(
                "SELECT user_id FROM user_role_assignments WHERE role_id = ? AND user_id <> ?",
                role,
                user)
            .mapTo(Long.class)
            .findFirst();
    if (others.isPresent()) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Role '"
              + hiddenName(user)
              + "' in workspace '"
              + Role.WORKSPACE
              + "' collides with the reserved '__user_<id>__' synthetic namespace but is already"
              + " assigned to user_id="
              + others.get()
              + ". Rename or delete the conflicting role before granting per-user permissions.");
    }
    handle.execute(
        "INSERT INTO user_role_assignments (user_id, role_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        user,
        role);
    return role;
  }
}
