package io.mlopscore.tracking.auth;

import java.util.List;
import java.util.Optional;

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

  Roles roles();

  @Override
  void close();
}
