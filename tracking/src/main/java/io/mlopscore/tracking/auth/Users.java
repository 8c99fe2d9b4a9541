package io.mlopscore.tracking.auth;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The users of a server and what they may do, in MLflow's database of them.
///
/// All methods throw [TrackingException] with MLflow's code and words.
public interface Users extends AutoCloseable {
  /// A user with their grants, read at once.
  Optional<Account> account(String name);

  User user(String name);

  List<User> users();

  /// @param passwordHash of [PasswordHash]
  User create(String name, String passwordHash, boolean admin);

  void setPassword(String name, String passwordHash);

  void setAdmin(String name, boolean admin);

  /// Deletes a user with all their grants.
  void delete(String name);

  /// Grants something to a user, over an earlier grant on the same.
  void grant(String name, Grant grant);

  /// Grants something to a user who has no grant on it yet.
  void addGrant(String name, Grant grant);

  /// Takes the grant away that a user has on something.
  void revoke(String name, ResourceType type, String pattern);

  /// Takes away what users were granted on something that is no more.
  void forget(ResourceType type, String id);

  /// Moves what users were granted on something to its new name.
  void rename(ResourceType type, String id, String newId);

  Role createRole(String name, String workspace, @Nullable String description);

  Role role(long id);

  /// @param workspaces only theirs; of all if there is none
  List<Role> roles(List<String> workspaces);

  List<Role> rolesOf(long userId);

  /// Changes what is not null.
  Role updateRole(long id, @Nullable String name, @Nullable String description);

  void deleteRole(long id);

  RolePermission addPermission(long roleId, Grant grant);

  RolePermission permission(long id);

  RolePermission updatePermission(long id, String permission);

  void removePermission(long id);

  RoleAssignment assign(long userId, long roleId);

  void unassign(long userId, long roleId);

  List<RoleAssignment> assignments(long roleId);

  @Override
  void close();
}
