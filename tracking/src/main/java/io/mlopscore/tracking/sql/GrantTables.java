package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.auth.Grant;
import io.mlopscore.tracking.auth.ResourceType;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Where a database keeps what users are granted.
sealed interface GrantTables permits RoleGrants, OlderGrants {
  List<Grant> of(Handle handle, long user);

  /// Over an earlier grant on the same.
  void put(Handle handle, long user, Grant grant);

  /// @return false if there is a grant on the same
  boolean add(Handle handle, long user, Grant grant);

  /// @return false if there is none
  boolean remove(Handle handle, long user, ResourceType type, String pattern);

  /// Of users, not of roles that somebody made.
  void forget(Handle handle, ResourceType type, String id);

  void rename(Handle handle, ResourceType type, String id, String newId);
}
