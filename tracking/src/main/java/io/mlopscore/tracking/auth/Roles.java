package io.mlopscore.tracking.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The roles of a server, what they permit, and who has them. A database that an older MLflow made
/// knows none.
///
/// All methods throw [io.mlopscore.tracking.TrackingException] with MLflow's code and words.
public interface Roles {
  Role create(String name, String workspace, @Nullable String description);

  Role get(long id);

  /// @param workspaces only theirs; of all if there is none
  List<Role> in(List<String> workspaces);

  /// Those of a user, also where there can be none.
  List<Role> of(long userId);

  /// Changes what is not null.
  Role update(long id, @Nullable String name, @Nullable String description);

  void delete(long id);

  RolePermission addPermission(long roleId, Grant grant);

  RolePermission updatePermission(long id, String permission);

  void removePermission(long id);

  RoleAssignment assign(long userId, long roleId);

  void unassign(long userId, long roleId);

  List<RoleAssignment> assignments(long roleId);
}
