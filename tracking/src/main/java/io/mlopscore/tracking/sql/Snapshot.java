package io.mlopscore.tracking.sql;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/// Queries that see one state of the database, whatever is written meanwhile.
final class Snapshot {
  private static final String READ_ONLY =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";

  private Snapshot() {}

  static <T> T read(Dialect dialect, Handle handle, HandleCallback<T, RuntimeException> work) {
    return switch (dialect) {
      case Sqlite _ -> ofSqlite(handle, work);
      case PostgreSql _ -> ofPostgreSql(handle, READ_ONLY, work);
    };
  }

  /// The same for queries over many rows. PostgreSQL plans each of them for its own values: a plan
  /// for any run, most of which are short, takes the wrong index for a run of a million points.
  static <T> T scan(Dialect dialect, Handle handle, HandleCallback<T, RuntimeException> work) {
    return switch (dialect) {
      case Sqlite _ -> ofSqlite(handle, work);
      case PostgreSql _ ->
          ofPostgreSql(handle, READ_ONLY + "; SET LOCAL plan_cache_mode = force_custom_plan", work);
    };
  }

  /// The driver's own transactions would take the lock of a writer.
  private static <T> T ofSqlite(Handle handle, HandleCallback<T, RuntimeException> work) {
    GroupTransaction.execute(handle, "BEGIN DEFERRED");
    T result;
    try {
      result = work.withHandle(handle);
    } catch (RuntimeException e) {
      GroupTransaction.rollBack(handle, e);
      throw e;
    }
    GroupTransaction.execute(handle, "COMMIT");
    return result;
  }

  /// In a transaction of the driver, which alone reads long answers a part at a time.
  private static <T> T ofPostgreSql(
      Handle handle, String settings, HandleCallback<T, RuntimeException> work) {
    return handle.inTransaction(
        transaction -> {
          GroupTransaction.execute(transaction, settings);
          return work.withHandle(transaction);
        });
  }
}
