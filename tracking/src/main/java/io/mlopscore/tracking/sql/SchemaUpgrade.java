package io.mlopscore.tracking.sql;

import com.zaxxer.hikari.HikariDataSource;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// Brings the database of an older MLflow to the schema of the newest, as `mlflow db upgrade` does.
///
/// It does not repeat MLflow's migrations one by one: the shape that they end at is known, and so
/// is the shape that is there. All happens in one transaction, which ends only if the shape was
/// reached; a failure leaves the database as it was. Nobody should write to it meanwhile.
public final class SchemaUpgrade implements AutoCloseable {
  /// The revision that it ends at.
  public static final String HEAD = Schema.HEAD;

  private static final List<String> SQLITE_ON_CONNECT =
      List.of("PRAGMA foreign_keys = OFF", "PRAGMA legacy_alter_table = ON");

  private final Dialect dialect;
  private final SchemaScript script;
  private final HikariDataSource connections;
  private final Jdbi jdbi;

  /// @throws TrackingException if the database cannot be reached
  public SchemaUpgrade(Dialect dialect) {
    this.dialect = dialect;
    this.script = SchemaScript.of(dialect);
    this.connections =
        new HikariDataSource(
            dialect.pool(dialect instanceof Sqlite ? SQLITE_ON_CONNECT : List.of()));
    this.jdbi = Jdbi.create(connections);
  }

  /// The revision that the database is at.
  ///
  /// @throws TrackingException if it is no database of MLflow's
  public String revision() {
    return jdbi.withHandle(this::revision);
  }

  private String revision(Handle handle) {
    var tables = handle.createQuery(dialect.columns()).mapTo(String.class).set();
    if (!tables.contains("alembic_version")) {
      throw refused(dialect.place() + " is no database of MLflow's: it has no alembic_version.");
    }
    return handle
        .select("SELECT version_num FROM alembic_version")
        .mapTo(String.class)
        .findFirst()
        .orElseThrow(() -> refused(dialect.place() + " does not say which revision it has."));
  }

  /// What an upgrade would change, one line each; nothing if the schema is the newest.
  ///
  /// @throws TrackingException if the revision is none that can be upgraded here
  public List<String> plan() {
    return inTransaction(
        handle -> {
          var changes = isNewest(handle) ? List.<String>of() : plan(handle).changes();
          handle.rollback(); // PostgreSQL had to make the newest shape to look at it
          return changes;
        });
  }

  /// Upgrades. Says what was changed.
  ///
  /// @throws TrackingException if the revision is none that can be upgraded here, or if something
  ///     in the database stands against it; nothing is changed then
  public List<String> run() {
    return inTransaction(
        handle -> {
          dialect.lockSchema(handle);
          var changes = isNewest(handle) ? List.<String>of() : run(handle);
          handle.commit();
          return changes;
        });
  }

  private interface Work {
    List<String> in(Handle handle) throws SQLException;
  }

  /// Rolls back unless the work commits.
  private List<String> inTransaction(Work work) {
    try (var handle = jdbi.open()) {
      handle.begin();
      try {
        return work.in(handle);
      } finally {
        if (handle.isInTransaction()) {
          handle.rollback();
        }
      }
    } catch (JdbiException e) {
      throw dialect.failure(e);
    } catch (SQLException e) {
      throw dialect.failure(e);
    }
  }

  /// @throws TrackingException if the revision is unknown here
  private boolean isNewest(Handle handle) {
    var revision = revision(handle);
    if (!Schema.REVISIONS.contains(revision)) {
      throw refused(
          dialect.place()
              + " has the revision "
              + revision
              + ", which is older than MLflow 2.10 or newer than 3.17; `mlflow db upgrade` of the"
              + " MLflow that it belongs to can upgrade it.");
    }
    return revision.equals(HEAD);
  }

  private UpgradePlan plan(Handle handle) throws SQLException {
    return switch (dialect) {
      case Sqlite _ -> sqlite(handle).plan();
      case PostgreSql _ -> postgresql(handle).plan();
    };
  }

  private SqliteUpgrade sqlite(Handle handle) throws SQLException {
    return new SqliteUpgrade(SqliteShape.wanted(script), SqliteShape.of(handle));
  }

  private PostgreSqlUpgrade postgresql(Handle handle) {
    return new PostgreSqlUpgrade(
        script, PostgreSqlShape.wanted(handle, script), PostgreSqlShape.of(handle));
  }

  private List<String> run(Handle handle) throws SQLException {
    var plan = plan(handle);
    var before = violations(handle);
    plan.expand().forEach(sql -> SchemaScript.run(handle.getConnection(), sql));
    MovedRows.move(handle, dialect, revision(handle));
    plan.reshape().forEach(sql -> SchemaScript.run(handle.getConnection(), sql));
    handle.execute("UPDATE alembic_version SET version_num = ?", HEAD);
    var missing = plan(handle).changes();
    if (!missing.isEmpty()) {
      throw refused(dialect.place() + " cannot be upgraded: " + String.join(", ", missing));
    }
    if (violations(handle) > before) {
      throw refused(dialect.place() + " cannot be upgraded: rows would refer to others not there.");
    }
    return plan.changes();
  }

  /// PostgreSQL watches over them itself.
  private long violations(Handle handle) {
    return dialect instanceof Sqlite
        ? handle.select("SELECT COUNT(*) FROM pragma_foreign_key_check()").mapTo(Long.class).one()
        : 0;
  }

  /// @throws TrackingException for columns that are neither MLflow's nor were
  static void requireKnown(String table, Set<String> found, Set<String> wanted) {
    var unknown = new TreeSet<>(found);
    unknown.removeAll(wanted);
    unknown.removeIf(column -> UpgradePlan.FORMER_COLUMNS.contains(table + "." + column));
    if (!unknown.isEmpty()) {
      throw refused(
          "The table "
              + table
              + " has columns that are not MLflow's, which would get lost: "
              + String.join(", ", unknown));
    }
  }

  static TrackingException refused(String message) {
    return new TrackingException(ErrorCode.INVALID_STATE, message);
  }

  @Override
  public void close() {
    connections.close();
  }
}
