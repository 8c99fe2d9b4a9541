package io.mlopscore.tracking.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// The browsers that are logged in. They stay so when a server starts again, and at all servers
/// that share a database of users.
public final class Sessions {
  private final SessionTable table;
  private final Clock clock;
  private final Duration length;

  /// @param length of a session from its login
  public Sessions(SessionTable table, Clock clock, Duration length) {
    this.table = table;
    this.clock = clock;
    this.length = length;
  }

  /// Begins a session.
  ///
  /// @return what its cookie holds
  public String open(String username) {
    var secret = TokenSecret.random();
    long now = clock.millis();
    table.removeEnded(now);
    table.add(secret.hash(), new Session(username, now + length.toMillis()));
    return secret.text();
  }

  /// Whose session a cookie belongs to.
  public Optional<String> username(String cookie) {
    return table
        .byHash(new TokenSecret(cookie).hash())
        .filter(session -> session.until() > clock.millis())
        .map(Session::username);
  }

  public void close(String cookie) {
    table.remove(new TokenSecret(cookie).hash());
  }

  public Duration length() {
    return length;
  }
}
