package io.mlopscore.tracking.sql;

import com.zaxxer.hikari.HikariConfig;
import io.mlopscore.tracking.TrackingException;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/// A kind of database that MLflow's schema lives in, and where this one is. Everything else is SQL
/// that both understand.
public sealed interface Dialect permits Sqlite, PostgreSql {
  /// What to call the database in messages; never with its password.
  String place();

  HikariConfig pool();

  /// The resource with the statements that make MLflow's newest schema.
  String schema();

  /// Holds up other processes that would create or change the schema until the transaction ends.
  void lockSchema(Handle handle);

  /// A query for all tables with their columns: one row a column.
  String columns();

  /// What a failure means to the caller.
  TrackingException failure(SQLException cause);
}
