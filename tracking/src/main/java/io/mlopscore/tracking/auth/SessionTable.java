package io.mlopscore.tracking.auth;

import java.util.Optional;

/// Where sessions are kept, by the hash of what their cookie holds.
public interface SessionTable {
  /// @param hash of [TokenSecret#hash()]
  void add(String hash, Session session);

  /// The session with a hash, also if it has ended.
  Optional<Session> byHash(String hash);

  /// Removes a session; one that is not there is no error.
  void remove(String hash);

  /// @param now milliseconds since the epoch
  void removeEnded(long now);
}
