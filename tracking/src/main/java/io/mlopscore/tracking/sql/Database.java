package io.mlopscore.tracking.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

/// An open database with MLflow's schema.
///
/// Write-ahead logging lets readers go on beside the one writer. `synchronous = FULL` makes every
/// acknowledged write survive a power cut too; group commit is what will make it cheap.
public final class Database implements AutoCloseable {
  private static final int BUSY_TIMEOUT_MILLISECONDS = 20_000;

  private final HikariDataSource connections;
  private final Jdbi jdbi;

  private Database(HikariDataSource connections) {
    this.connections = connections;
    this.jdbi = Jdbi.create(connections);
  }

  /// Opens a SQLite file, and creates it with MLflow's newest schema if it is absent or empty.
  ///
  /// @param artifactRoot where the `Default` experiment of a new database keeps its artifacts
  /// @throws TrackingException if the file is no database of MLflow's
  public static Database open(Path file, String artifactRoot) {
    createFolder(file);
    var database = new Database(connections(file));
    try {
      database.prepare(new Schema(file.toString(), artifactRoot));
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /// Looks first: opening a database that is there must not wait for its writer.
  private void prepare(Schema schema) {
    if (read(schema::isAbsent)) {
      change(
          handle -> {
            schema.create(handle);
          });
    }
    read(
        handle -> {
          schema.check(handle);
          return schema;
        });
  }

  private static void createFolder(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE, file + ": its folder cannot be made: " + e, e);
    }
  }

  private static HikariDataSource connections(Path file) {
    var sqlite = new SQLiteConfig();
    sqlite.setJournalMode(JournalMode.WAL);
    sqlite.setSynchronous(SynchronousMode.FULL);
    sqlite.setTransactionMode(TransactionMode.IMMEDIATE);
    sqlite.setBusyTimeout(BUSY_TIMEOUT_MILLISECONDS);
    sqlite.enforceForeignKeys(true);
    sqlite.enableCaseSensitiveLike(true);
    var source = new SQLiteDataSource(sqlite);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    var pool = new HikariConfig();
    pool.setDataSource(source);
    pool.setPoolName(file.getFileName().toString());
    pool.setMaximumPoolSize(8);
    pool.setMinimumIdle(1);
    pool.setInitializationFailTimeout(-1);
    return new HikariDataSource(pool);
  }

  /// Runs a query; several statements may see several states.
  <T> T read(HandleCallback<T, RuntimeException> work) {
    try {
      return jdbi.withHandle(work);
    } catch (JdbiException e) {
      throw failure(e);
    }
  }

  /// Runs statements that become durable together or not at all.
  <T> T write(HandleCallback<T, RuntimeException> work) {
    try {
      return jdbi.inTransaction((Handle handle) -> work.withHandle(handle));
    } catch (JdbiException e) {
      throw failure(e);
    }
  }

  /// The same for statements that give nothing back.
  void change(HandleConsumer<RuntimeException> work) {
    write(
        handle -> {
          work.useHandle(handle);
          return handle;
        });
  }

  private static TrackingException failure(JdbiException e) {
    var cause = e instanceof UnableToExecuteStatementException u ? u.getCause() : e.getCause();
    if (cause instanceof SQLiteException sqlite) {
      return switch (sqlite.getResultCode()) {
        case SQLITE_FULL ->
            new TrackingException(
                ErrorCode.TEMPORARILY_UNAVAILABLE,
                "The disk of the tracking database is full; free some space and try again.",
                e);
        case SQLITE_BUSY ->
            new TrackingException(
                ErrorCode.TEMPORARILY_UNAVAILABLE,
                "The tracking database is busy with another writer; try again.",
                e);
        case SQLITE_READONLY ->
            new TrackingException(
                ErrorCode.PERMISSION_DENIED, "The tracking database may only be read here.", e);
        case SQLITE_NOTADB ->
            new TrackingException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "The tracking database is no SQLite file; name another with --backend-store-uri.",
                e);
        default -> new TrackingException(ErrorCode.INTERNAL_ERROR, text(sqlite), e);
      };
    }
    return new TrackingException(ErrorCode.INTERNAL_ERROR, text(cause == null ? e : cause), e);
  }

  private static String text(Throwable cause) {
    return "The tracking database failed: " + cause.getMessage();
  }

  @Override
  public void close() {
    connections.close();
  }
}
