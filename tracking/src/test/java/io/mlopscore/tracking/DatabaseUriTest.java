package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.tracking.sql.DatabaseUri;
import io.mlopscore.tracking.sql.Dialect;
import io.mlopscore.tracking.sql.PostgreSql;
import io.mlopscore.tracking.sql.Sqlite;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUriTest {
  private static final Path HERE = Path.of("/project");

  @Test
  void sqliteFileIsRelativeWithThreeSlashesAndAbsoluteWithFour() {
    assertThat(read("sqlite:///mlflow.db")).isEqualTo(new Sqlite(Path.of("/project/mlflow.db")));
    assertThat(read("sqlite:////data/a b.db")).isEqualTo(new Sqlite(Path.of("/data/a b.db")));
    assertThat(read("sqlite+pysqlite:///x.db?timeout=9"))
        .isEqualTo(new Sqlite(Path.of("/project/x.db")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ada:p%40ss+%2F@db.example:6543/runs?sslmode=require&connect_timeout=3",
        "postgresql+psycopg2://ada:p%40ss+%2F@db.example:6543/runs?sslmode=require&connect_timeout=3",
        "postgres://ada:p%40ss+%2F@/runs?host=db.example&port=6543&sslmode=require&connect_timeout=3",
      })
  void postgresqlHasUserPasswordHostPortDatabaseAndParameters(String uri) {
    assertThat(read(uri))
        .isEqualTo(
            new PostgreSql(
                "db.example",
                6543,
                "runs",
                Map.of(
                    "user", "ada",
                    "password", "p@ss+/",
                    "sslmode", "require",
                    "connectTimeout", "3"),
                10,
                Optional.empty()));
  }

  @Test
  void hostAndPortOfPostgresqlHaveDefaults() {
    assertThat(read("postgresql:///runs"))
        .isEqualTo(new PostgreSql("localhost", 5432, "runs", Map.of(), 10, Optional.empty()));
    assertThat(read("postgresql://[::1]/runs"))
        .isEqualTo(new PostgreSql("::1", 5432, "runs", Map.of(), 10, Optional.empty()));
  }

  @Test
  void numberOfConnectionsIsTheEnvironments() {
    var env = Map.of("MLFLOW_SQLALCHEMYSTORE_POOL_SIZE", "3");
    assertThat(DatabaseUri.read("postgresql://h/runs", HERE, env))
        .isEqualTo(new PostgreSql("h", 5432, "runs", Map.of(), 3, Optional.empty()));
  }

  @Test
  void passwordIsNeverShown() {
    assertThat(read("postgresql://ada:secret@h/runs").toString())
        .isEqualTo("postgresql://h:5432/runs");
    assertThatThrownBy(() -> read("mysql://ada:secret@h/runs"))
        .isInstanceOf(TrackingException.class)
        .hasMessageContaining("postgresql://user:password@host:5432/database")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sqlite://",
        "postgresql://host",
        "postgresql://host:0/runs",
        "postgresql://u:%zz@host/runs",
        "postgresql:///runs?host=/var/run/postgresql",
      })
  void whatCannotBeOpenedIsRefused(String uri) {
    assertThatThrownBy(() -> read(uri)).isInstanceOf(TrackingException.class);
  }

  private static Dialect read(String uri) {
    return DatabaseUri.read(uri, HERE, Map.of());
  }
}
