package io.mlopscore.tracking.sql;

import com.zaxxer.hikari.HikariConfig;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/// A kind of database that MLflow's schema lives in, and where this one is. Everything else is SQL
/// that both understand.
public sealed interface Dialect permits Sqlite, PostgreSql {
  /// What to call the database in messages; never with its password.
  String place();

  /// @param onConnect statements for each new connection
  HikariConfig pool(List<String> onConnect);

  /// The resource with the statements that make MLflow's newest schema.
  String schema();

  /// Holds up other processes that would create or change the schema until the transaction ends.
  void lockSchema(Handle handle);

  /// A query for all tables with their columns: one row a column.
  String columns();

  /// A query for the size of the database in bytes.
  String size();

  /// Begins a transaction that will write.
  String begin();

  /// Whether all writers must share one connection.
  boolean hasOneWriter();

  /// How many may read at once; the other connections are for those who write.
  int readers();

  /// The percentile of a column, between its two nearest values; with a question mark for 0 to 100.
  String percentile(String column);

  /// What a failure means to the caller.
  TrackingException failure(SQLException cause);

  /// When no connection becomes free in time.
  static TrackingException allBusy(SQLException cause) {
    return new TrackingException(
        ErrorCode.REQUEST_LIMIT_EXCEEDED,
        "All connections to the tracking database are busy; try again in a second.",
        cause);
  }

  /// The same for what [org.jdbi.v3.core.JdbiException] wraps; all else is left as it is.
  default RuntimeException failure(RuntimeException e) {
    if (!(e instanceof JdbiException)) {
      return e;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return failure(sql);
      }
    }
    return new TrackingException(
        ErrorCode.INTERNAL_ERROR, "The tracking database failed: " + e.getMessage(), e);
  }
}
