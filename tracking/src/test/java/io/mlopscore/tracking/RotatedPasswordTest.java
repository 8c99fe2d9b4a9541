package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.tracking.sql.DatabaseUri;
import io.mlopscore.tracking.sql.PostgreSql;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// The password of a PostgreSQL is replaced while a server uses it: its file is written anew, and
/// connections that are made from then on show the new one.
class RotatedPasswordTest {
  @TempDir Path folder;
  @TempDir Path data;

  @Test
  @Timeout(60)
  void connectionsShowThePasswordThatTheFileHoldsWhenTheyAreMade() throws Exception {
    try (var server = start()) {
      execute(server, "CREATE ROLE ada LOGIN PASSWORD 'first'");
      execute(server, "CREATE DATABASE runs OWNER ada");
      askForPasswords(server);
      var file = folder.resolve("uri");
      var uri = "postgresql://ada:%s@127.0.0.1:" + server.getPort() + "/runs";
      Files.writeString(file, uri.formatted("first"));
      try (var tracking = open(file)) {
        tracking.checkStore();
        execute(server, "ALTER ROLE ada PASSWORD 'second'");
        Files.writeString(file, uri.formatted("second"));
        assertThatThrownBy(() -> connect(server, "first"))
            .hasMessageContaining("password authentication failed");
        execute(
            server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename='ada'");
        assertThat(answers(tracking)).isTrue();
      }
    }
  }

  @Test
  void anotherDatabaseIsNoOtherPassword() throws Exception {
    var file = Files.writeString(folder.resolve("uri"), "postgresql://ada:first@127.0.0.1/runs");
    var env = Map.of("MLFLOW_BACKEND_STORE_URI_FILE", file.toString());
    var uri = Secret.find("MLFLOW_BACKEND_STORE_URI", env).orElseThrow();
    var dialect = (PostgreSql) DatabaseUri.read(uri, folder, Map.of());
    var login = dialect.login().orElseThrow();
    assertThat(login.getCredentials().getPassword()).isEqualTo("first");
    Files.writeString(file, "postgresql://ada:second@127.0.0.1/other");
    assertThatThrownBy(login::getCredentials)
        .hasMessageContaining("another database than at the start")
        .hasMessageNotContaining("second");
  }

  private Tracking open(Path file) {
    var env = Map.of("MLFLOW_BACKEND_STORE_URI_FILE", file.toString());
    var uri = Secret.find("MLFLOW_BACKEND_STORE_URI", env).orElseThrow();
    var dialect = DatabaseUri.read(uri, folder, Map.of());
    return Tracking.openDatabase(dialect, folder.toString(), Tracking.ARTIFACT_ROOT);
  }

  /// A connection that was just cut is told to come back.
  private static boolean answers(Tracking tracking) {
    while (true) {
      try {
        tracking.checkStore();
        return true;
      } catch (TrackingException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.TEMPORARILY_UNAVAILABLE);
      }
    }
  }

  private EmbeddedPostgres start() throws IOException {
    try {
      return EmbeddedPostgres.builder().setDataDirectory(data).start();
    } catch (IllegalStateException e) {
      throw new TestAbortedException("PostgreSQL does not start here: " + e, e);
    }
  }

  private void askForPasswords(EmbeddedPostgres server) throws IOException, SQLException {
    Files.writeString(
        data.resolve("pg_hba.conf"),
        """
        host all postgres 127.0.0.1/32 trust
        host all all 127.0.0.1/32 md5
        """);
    execute(server, "SELECT pg_reload_conf()");
  }

  private static void connect(EmbeddedPostgres server, String password) throws SQLException {
    var url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/runs";
    DriverManager.getConnection(url, "ada", password).close();
  }

  private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
