package io.mlopscore.tracking.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// One transaction of several writers. Where they only log to runs, all is tried at once first. If
/// that fails, or there is more to do, each works in a savepoint; batches of runs again together
/// first, and one by one if that fails.
final class GroupTransaction {
  private final Dialect dialect;
  private final List<Write> group;
  private final IdentityHashMap<Write, RuntimeException> refused = new IdentityHashMap<>();

  GroupTransaction(Dialect dialect, List<Write> group) {
    this.dialect = dialect;
    this.group = group;
  }

  /// @throws RuntimeException if nothing at all was written
  void commit(Handle handle) {
    execute(handle, dialect.begin());
    try {
      if (!isLogged(handle)) {
        statements(handle);
        logs(handle);
      }
      execute(handle, "COMMIT");
    } catch (RuntimeException e) {
      rollBack(handle, e);
      throw e;
    }
  }

  /// Without a savepoint, which takes a database server two more answers. Begins anew if it fails;
  /// where only one writes, the failure is that one's.
  private boolean isLogged(Handle handle) {
    var logs = logs();
    if (logs.size() < group.size()) {
      return false;
    }
    try {
      SqlRunLog.write(handle, logs.stream().map(Write.Log::entry).toList());
      return true;
    } catch (RuntimeException e) {
      if (group.size() == 1) {
        throw e;
      }
      rollBack(handle, e);
      execute(handle, dialect.begin());
      return false;
    }
  }

  private void statements(Handle handle) {
    for (var write : group) {
      if (write instanceof Write.Statements<?> statements) {
        attempt(handle, List.of(write), () -> statements.run(handle));
      }
    }
  }

  private void logs(Handle handle) {
    var logs = logs();
    if (!logs.isEmpty() && !together(handle, logs) && logs.size() > 1) {
      logs.forEach(log -> together(handle, List.of(log)));
    }
  }

  private List<Write.Log> logs() {
    var logs = new ArrayList<Write.Log>();
    for (var write : group) {
      if (write instanceof Write.Log log) {
        logs.add(log);
      }
    }
    return logs;
  }

  private boolean together(Handle handle, List<Write.Log> logs) {
    logs.forEach(refused::remove);
    var entries = logs.stream().map(Write.Log::entry).toList();
    return attempt(handle, logs, () -> SqlRunLog.write(handle, entries));
  }

  /// @return whether it was done; else nothing is left of it
  private boolean attempt(Handle handle, List<? extends Write> writes, Runnable work) {
    execute(handle, "SAVEPOINT one");
    try {
      work.run();
      execute(handle, "RELEASE SAVEPOINT one");
      return true;
    } catch (RuntimeException e) {
      undo(handle, e);
      writes.forEach(write -> refused.put(write, dialect.failure(e)));
      return false;
    }
  }

  /// Where the database gave up the whole transaction, the first failure says why.
  private static void undo(Handle handle, RuntimeException failure) {
    try {
      execute(handle, "ROLLBACK TO SAVEPOINT one");
      execute(handle, "RELEASE SAVEPOINT one");
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }

  static void rollBack(Handle handle, RuntimeException failure) {
    try {
      execute(handle, "ROLLBACK");
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /// Not through the driver's transactions, which for SQLite begin the next one at once and so
  /// would hold its lock.
  static void execute(Handle handle, String sql) {
    try (var statement = handle.getConnection().createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException(e, null);
    }
  }

  void endAll() {
    group.forEach(write -> write.end(refused.get(write)));
  }

  void failAll(RuntimeException failure) {
    group.forEach(write -> write.end(failure));
  }
}
