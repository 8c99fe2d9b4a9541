package io.mlopscore.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Set;

/// What an answer says that is not the one asked for.
final class HttpFailure {
  private static final Set<Integer> DENIED = Set.of(401, 403);

  private HttpFailure() {}

  /// @param who answered, as the beginning of a sentence goes on: "the server"
  /// @param said the beginning of the answer; may be empty
  static IOException of(String key, String who, int status, String said) {
    if (status == 404) {
      return new NoSuchFileException(key);
    }
    var answered = who + " answered " + status;
    return DENIED.contains(status)
        ? new AccessDeniedException(key, null, answered)
        : new IOException(key + ": " + answered + (said.isEmpty() ? "" : ": " + said));
  }
}
