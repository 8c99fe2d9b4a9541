package io.mlopscore.tracking.sql;

import org.jdbi.v3.core.Handle;

/// The workspace that rows of the registry are in: databases since MLflow 3.10 have a column for
/// it, first in every key, so a look-up that leaves it out reads the whole table.
final class Workspace {
  private Workspace() {}

  /// The beginning of a condition, or nothing where there is no such column.
  static String of(Handle handle) {
    return of(handle, "");
  }

  /// @param row the short name of the table with a dot, or nothing
  static String of(Handle handle, String row) {
    return Layout.of(handle).has("registered_models", "workspace")
        ? row + "workspace = 'default' AND "
        : "";
  }
}
