package io.mlopscore.tracking.auth;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Somebody whom an identity provider vouches for.
///
/// @param username by which they are known here
/// @param admin whether their groups make them an admin; null if groups do not decide that
/// @param groups which give the roles of the same names; null if they are not told
public record Identity(String username, @Nullable Boolean admin, @Nullable Set<String> groups) {
  public Identity {
    groups = groups == null ? null : Set.copyOf(groups);
  }
}
