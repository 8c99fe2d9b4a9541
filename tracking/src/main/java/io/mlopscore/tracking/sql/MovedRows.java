package io.mlopscore.tracking.sql;

import org.jdbi.v3.core.Handle;

/// Rows that MLflow's migrations write or move, while old and new columns stand side by side.
final class MovedRows {
  private static final int PENDING = 0;
  private static final int RUNNING = 1;
  private static final int CANCELED = 5;

  private final Handle handle;
  private final int from;

  private MovedRows(Handle handle, String revision) {
    this.handle = handle;
    this.from = Schema.REVISIONS.indexOf(revision);
  }

  /// @param revision what the database is at
  static void move(Handle handle, Dialect dialect, String revision) {
    new MovedRows(handle, revision).move(dialect);
  }

  private void move(Dialect dialect) {
    if (isBefore("5d2d30f0abce") && !isBefore("bf29a5ff90ea")) {
      handle.execute("UPDATE jobs SET job_name = function_fullname");
    }
    if (isBefore("1b5f0d9ad7c1")) {
      handle.execute(
          "INSERT INTO workspaces (name, description) VALUES ('default', ?)",
          "Default workspace for legacy resources");
    }
    if (isBefore("75868b020152") && !isBefore("867495a8f9d4")) {
      new TraceAnalytics(handle, dialect).move(hasDimensions());
    }
    if (isBefore("dc11669786a5") && !isBefore("bf29a5ff90ea")) {
      handle.execute(
          "UPDATE jobs SET status = ?, last_update_time = ? WHERE status IN (?, ?)",
          CANCELED,
          System.currentTimeMillis(),
          PENDING,
          RUNNING);
    }
  }

  private boolean isBefore(String revision) {
    return from < Schema.REVISIONS.indexOf(revision);
  }

  private boolean hasDimensions() {
    return !isBefore("c8d9e0f1a2b3");
  }
}
