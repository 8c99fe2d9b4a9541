package io.mlopscore.tracking.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A user with what is needed to let them in.
///
/// @param passwordHash as werkzeug writes it; null if none was kept
public record Account(User user, @Nullable String passwordHash, List<Grant> grants) {
  public Account {
    grants = List.copyOf(grants);
  }
}
