package io.mlopscore.tracking.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Permissions under a name, for any number of users.
public record Role(
    long id,
    String name,
    String workspace,
    @Nullable String description,
    List<RolePermission> permissions) {
  /// The only workspace that is served.
  public static final String WORKSPACE = "default";

  public Role {
    permissions = List.copyOf(permissions);
  }

  /// Whether MLflow made it to hold what was granted to one user.
  public static boolean isOfOneUser(String name) {
    return name.startsWith("__user_");
  }
}
