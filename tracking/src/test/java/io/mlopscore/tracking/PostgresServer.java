package io.mlopscore.tracking;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/// One real PostgreSQL for all tests of this JVM, and a fresh database for each that asks.
public final class PostgresServer {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  /// A test uses fewer; the others would have to be written to the disk when the server stops.
  private static final int MOST_KEPT = 4;

  private static final String TEMPLATE = "mlflow_template";
  private static @Nullable PostgresServer started;
  private static @Nullable String failure;

  private final EmbeddedPostgres process;

  private PostgresServer(EmbeddedPostgres process) {
    this.process = process;
  }

  /// The URI of a new database with MLflow's tables; where no server can start, the test is skipped
  /// and says so.
  public static String freshDatabase() throws SQLException {
    return running().copyOfTemplate();
  }

  /// The URI of a new database without tables.
  public static String emptyDatabase() throws SQLException {
    return running().create("");
  }

  private static synchronized PostgresServer running() throws SQLException {
    if (started != null) {
      return started;
    }
    if (failure == null) {
      try {
        var server = new PostgresServer(unsynced(EmbeddedPostgres.builder()).start());
        server.makeTemplate();
        started = server;
        return server;
      } catch (IOException | IllegalStateException e) {
        failure = "PostgreSQL does not start here, its tests are SKIPPED: " + e;
        System.err.println(failure);
      }
    }
    throw new TestAbortedException(failure);
  }

  /// No test cuts its power: what makes it wait for the disk, at each new database, is turned off.
  private static EmbeddedPostgres.Builder unsynced(EmbeddedPostgres.Builder server) {
    return server.setServerConfig("fsync", "off").setServerConfig("full_page_writes", "off");
  }

  private void makeTemplate() throws SQLException {
    execute("CREATE DATABASE " + TEMPLATE);
    Tracking.open(uri(TEMPLATE), Path.of("")).close();
  }

  private String copyOfTemplate() throws SQLException {
    return create(" TEMPLATE " + TEMPLATE);
  }

  private String create(String how) throws SQLException {
    var number = DATABASES.incrementAndGet();
    if (number > MOST_KEPT) {
      execute("DROP DATABASE test" + (number - MOST_KEPT) + " WITH (FORCE)");
    }
    execute("CREATE DATABASE test" + number + how);
    return uri("test" + number);
  }

  private String uri(String database) {
    return "postgresql+psycopg2://postgres@127.0.0.1:" + process.getPort() + "/" + database;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(process.getJdbcUrl("postgres", "postgres"));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
