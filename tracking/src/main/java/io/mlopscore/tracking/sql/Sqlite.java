package io.mlopscore.tracking.sql;

import com.zaxxer.hikari.HikariConfig;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

/// A SQLite file.
///
/// Write-ahead logging lets readers go on beside the one writer. `synchronous = FULL` makes every
/// acknowledged write survive a power cut too; group commit makes it cheap.
///
/// @param file created if absent
public record Sqlite(Path file) implements Dialect {
  private static final int BUSY_TIMEOUT_MILLISECONDS = 20_000;
  private static final int CONNECTIONS = 9;

  @Override
  public String place() {
    return file.toString();
  }

  @Override
  public HikariConfig pool(List<String> onConnect) {
    createFolder();
    var pool = new HikariConfig();
    pool.setDataSource(source(onConnect));
    pool.setPoolName(file.getFileName().toString());
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setMinimumIdle(1);
    pool.setInitializationFailTimeout(1); // the first connection says what is wrong with the file
    return pool;
  }

  private SQLiteDataSource source(List<String> onConnect) {
    var sqlite = new SQLiteConfig();
    sqlite.setJournalMode(JournalMode.WAL);
    sqlite.setSynchronous(SynchronousMode.FULL);
    sqlite.setTransactionMode(TransactionMode.IMMEDIATE);
    sqlite.setBusyTimeout(BUSY_TIMEOUT_MILLISECONDS);
    sqlite.enforceForeignKeys(true);
    sqlite.enableCaseSensitiveLike(true);
    var source = new PreparedSource(sqlite, onConnect);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }

  /// Runs statements on each new connection.
  private static final class PreparedSource extends SQLiteDataSource {
    private final List<String> onConnect;

    PreparedSource(SQLiteConfig config, List<String> onConnect) {
      super(config);
      this.onConnect = List.copyOf(onConnect);
    }

    @Override
    public SQLiteConnection getConnection(@Nullable String user, @Nullable String password)
        throws SQLException {
      var connection = super.getConnection(user, password);
      try (var statement = connection.createStatement()) {
        SqliteFunctions.create(connection);
        for (var sql : onConnect) {
          statement.execute(sql);
        }
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    }
  }

  private void createFolder() {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE, file + ": its folder cannot be made: " + e, e);
    }
  }

  @Override
  public String size() {
    return "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";
  }

  @Override
  public String schema() {
    return "sqlite-" + Schema.HEAD + ".sql";
  }

  /// A writing transaction is alone from its start.
  @Override
  public void lockSchema(Handle handle) {}

  @Override
  public String columns() {
    return "SELECT t.name, c.name FROM sqlite_master t, pragma_table_xinfo(t.name) c"
        + " WHERE t.type = 'table'";
  }

  @Override
  public String begin() {
    return "BEGIN IMMEDIATE";
  }

  @Override
  public boolean hasOneWriter() {
    return true;
  }

  @Override
  public int readers() {
    return CONNECTIONS - 1;
  }

  @Override
  public String percentile(String column) {
    return "percentile(" + column + ", ?)";
  }

  @Override
  public TrackingException failure(SQLException cause) {
    if (cause instanceof SQLTransientConnectionException && cause.getCause() == null) {
      return Dialect.allBusy(cause);
    }
    if (!(innermost(cause) instanceof SQLiteException sqlite)) {
      return new TrackingException(ErrorCode.INTERNAL_ERROR, text(cause), cause);
    }
    if (sqlite.getResultCode().name().startsWith("SQLITE_IOERR")) {
      return new TrackingException(ErrorCode.TEMPORARILY_UNAVAILABLE, text(sqlite), cause);
    }
    return switch (sqlite.getResultCode()) {
      case SQLITE_FULL ->
          new TrackingException(
              ErrorCode.STORAGE_FULL,
              "The disk of the tracking database is full; free some space and try again.",
              cause);
      case SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT, SQLITE_LOCKED ->
          new TrackingException(
              ErrorCode.TEMPORARILY_UNAVAILABLE,
              "The tracking database is busy with another writer; try again.",
              cause);
      case SQLITE_READONLY ->
          new TrackingException(
              ErrorCode.PERMISSION_DENIED, "The tracking database may only be read here.", cause);
      case SQLITE_NOTADB ->
          new TrackingException(
              ErrorCode.INVALID_PARAMETER_VALUE,
              "The tracking database is no SQLite file; name another with --backend-store-uri.",
              cause);
      case SQLITE_CONSTRAINT,
          SQLITE_CONSTRAINT_CHECK,
          SQLITE_CONSTRAINT_FOREIGNKEY,
          SQLITE_CONSTRAINT_NOTNULL,
          SQLITE_CONSTRAINT_PRIMARYKEY,
          SQLITE_CONSTRAINT_UNIQUE ->
          new TrackingException(ErrorCode.BAD_REQUEST, text(sqlite), cause);
      default -> new TrackingException(ErrorCode.INTERNAL_ERROR, text(sqlite), cause);
    };
  }

  /// What SQLite said; the pool wraps it.
  private static Throwable innermost(SQLException outer) {
    Throwable inner = outer;
    while (inner.getCause() != null && !(inner instanceof SQLiteException)) {
      inner = inner.getCause();
    }
    return inner;
  }

  private static String text(SQLException cause) {
    return "The tracking database failed: " + cause.getMessage();
  }
}
