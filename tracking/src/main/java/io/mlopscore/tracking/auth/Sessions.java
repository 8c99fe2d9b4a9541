package io.mlopscore.tracking.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The browsers that are logged in. They are kept in memory: a restart logs everybody out.
public final class Sessions {
  private static final int MOST = 10_000;

  private final Clock clock;
  private final Duration length;
  private final Map<String, Session> byHash = new LinkedHashMap<>();

  private record Session(String username, long until) {}

  /// @param length of a session from its login
  public Sessions(Clock clock, Duration length) {
    this.clock = clock;
    this.length = length;
  }

  /// Begins a session.
  ///
  /// @return what its cookie holds
  public synchronized String open(String username) {
    var secret = TokenSecret.random();
    byHash.put(secret.hash(), new Session(username, clock.millis() + length.toMillis()));
    if (byHash.size() > MOST) {
      byHash.remove(byHash.keySet().iterator().next());
    }
    return secret.text();
  }

  /// Whose session a cookie belongs to.
  public synchronized Optional<String> username(String cookie) {
    var hash = new TokenSecret(cookie).hash();
    var session = byHash.get(hash);
    if (session == null) {
      return Optional.empty();
    }
    if (session.until() <= clock.millis()) {
      byHash.remove(hash);
      return Optional.empty();
    }
    return Optional.of(session.username());
  }

  public synchronized void close(String cookie) {
    byHash.remove(new TokenSecret(cookie).hash());
  }

  public Duration length() {
    return length;
  }
}
