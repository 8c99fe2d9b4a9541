package io.mlopscore.tracking.sql;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/// Queries that see one state of the database, whatever is written meanwhile.
final class Snapshot {
  private Snapshot() {}

  static <T> T read(Dialect dialect, Handle handle, HandleCallback<T, RuntimeException> work) {
    return switch (dialect) {
      case Sqlite _ -> ofSqlite(handle, work);
      case PostgreSql _ -> ofPostgreSql(handle, work);
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
  private static <T> T ofPostgreSql(Handle handle, HandleCallback<T, RuntimeException> work) {
    return handle.inTransaction(
        transaction -> {
          GroupTransaction.execute(
              transaction, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
          return work.withHandle(transaction);
        });
  }
}
