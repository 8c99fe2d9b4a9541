package io.mlopscore.tracking.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.PostgresServer;
import io.mlopscore.tracking.sql.DatabaseUri;
import io.mlopscore.tracking.sql.Dialect;
import io.mlopscore.tracking.sql.SqlUsers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Browsers that are logged in, over all servers that share a database of users.
final class SessionsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path folder;

  private enum Engine {
    SQLITE,
    POSTGRESQL
  }

  private Dialect dialect(Engine engine) throws SQLException {
    var uri =
        switch (engine) {
          case SQLITE -> "sqlite:///basic_auth.db";
          case POSTGRESQL -> PostgresServer.emptyDatabase();
        };
    return DatabaseUri.read(uri, folder, Map.of());
  }

  private static Sessions at(SqlUsers users, Instant time) {
    return new Sessions(users.sessions(), Clock.fixed(time, ZoneOffset.UTC), Duration.ofHours(12));
  }

  @ParameterizedTest
  @EnumSource
  void anotherServerKnowsThem(Engine engine) throws SQLException {
    var database = dialect(engine);
    String cookie;
    try (var one = SqlUsers.open(database)) {
      cookie = at(one, NOON).open("ada");
    }
    try (var other = SqlUsers.open(database)) {
      assertThat(at(other, NOON).username(cookie)).contains("ada");
      assertThat(at(other, NOON).username(cookie + "x")).isEmpty();
      at(other, NOON).close(cookie);
      assertThat(at(other, NOON).username(cookie)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theyEndAfterTheirTime(Engine engine) throws SQLException {
    try (var users = SqlUsers.open(dialect(engine))) {
      var cookie = at(users, NOON).open("ada");
      var hash = new TokenSecret(cookie).hash();
      assertThat(at(users, NOON.plusSeconds(43_199)).username(cookie)).contains("ada");
      assertThat(at(users, NOON.plusSeconds(43_200)).username(cookie)).isEmpty();
      assertThat(users.sessions().byHash(hash)).isPresent();
      at(users, NOON.plusSeconds(43_200)).open("bob");
      assertThat(users.sessions().byHash(hash)).as("tidied").isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void newPasswordsAndDeletionsEndThem(Engine engine) throws SQLException {
    try (var users = SqlUsers.open(dialect(engine))) {
      var sessions = at(users, NOON);
      users.create("ada", PasswordHash.of("a-long-password"), false);
      users.create("bob", PasswordHash.of("a-long-password"), false);
      var first = sessions.open("ada");
      var ofBob = sessions.open("bob");
      users.setPassword("ada", PasswordHash.of("another-password"));
      assertThat(sessions.username(first)).isEmpty();
      var second = sessions.open("ada");
      users.delete("ada");
      assertThat(sessions.username(second)).isEmpty();
      assertThat(sessions.username(ofBob)).contains("bob");
    }
  }

  /// Made when tokens were the only table of ours.
  @Test
  void anOlderDatabaseGetsTheirTable() throws SQLException {
    var database = dialect(Engine.SQLITE);
    SqlUsers.open(database).close();
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("basic_auth.db"));
        var statement = connection.createStatement()) {
      statement.execute("DROP TABLE mlops_sessions");
    }
    try (var users = SqlUsers.open(database)) {
      var sessions = at(users, NOON);
      assertThat(sessions.username(sessions.open("ada"))).contains("ada");
    }
  }
}
