package io.mlopscore.tracking.auth;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.util.Arrays;
import java.util.stream.Collectors;

/// MLflow's permissions, weakest first, with the words that its database has.
public enum Permission {
  /// A veto: it wins over every other grant at the same place.
  DENY,
  NO_PERMISSIONS,
  READ,
  USE,
  EDIT,
  MANAGE;

  /// @throws TrackingException if there is no such permission
  public static Permission of(String word) {
    return Arrays.stream(values())
        .filter(permission -> permission.name().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Invalid permission '"
                        + word
                        + "'. Valid permissions are: ('READ', 'USE', 'EDIT', 'MANAGE',"
                        + " 'NO_PERMISSIONS', 'DENY')"));
  }

  public boolean allows(Action action) {
    return switch (action) {
      case NOT_DENIED -> this != DENY;
      case READ -> compareTo(READ) >= 0;
      case USE -> compareTo(USE) >= 0;
      case UPDATE -> compareTo(EDIT) >= 0;
      case DELETE, MANAGE -> this == MANAGE;
    };
  }

  /// The stronger one.
  Permission or(Permission other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /// A grant is never weaker than what everybody has, but a veto stays one.
  Permission atLeast(Permission everybody) {
    return compareTo(NO_PERMISSIONS) <= 0 ? this : or(everybody);
  }

  /// @throws TrackingException if it cannot be granted on things of a kind
  public static Permission grantable(String word, ResourceType type) {
    var permission = of(word);
    var words =
        type == ResourceType.WORKSPACE
            ? new Permission[] {MANAGE, USE}
            : new Permission[] {DENY, EDIT, MANAGE, READ, USE};
    if (!Arrays.asList(words).contains(permission)) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Invalid permission '"
              + word
              + "' for resource_type='"
              + type.word()
              + "'. "
              + (type == ResourceType.WORKSPACE ? "Workspace-wide" : "Resource-level")
              + " grants accept only: "
              + Arrays.stream(words)
                  .map(each -> "'" + each + "'")
                  .collect(Collectors.joining(", ", "(", ")"))
              + ".");
    }
    return permission;
  }
}
