package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.Garbage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// The rows of what was deleted: finds them, and removes them for good.
public final class SqlGarbage {
  private static final String DELETED_EXPERIMENTS =
      "SELECT experiment_id FROM experiments"
          + " WHERE lifecycle_stage = 'deleted' AND COALESCE(last_update_time, 0) < :before";

  /// A deleted experiment takes everything of it along.
  private static final String PLAN =
      "SELECT 'RUN' AS kind, run_uuid AS id, experiment_id AS experiment, name, artifact_uri AS uri,"
          + " COALESCE(deleted_time, 0) AS deleted, 1 AS turn FROM runs"
          + " WHERE (lifecycle_stage = 'deleted' AND COALESCE(deleted_time, 0) < :before)"
          + (" OR experiment_id IN (" + DELETED_EXPERIMENTS + ")")
          + " UNION ALL SELECT 'LOGGED_MODEL', model_id, experiment_id, name, artifact_location,"
          + " last_updated_timestamp_ms, 2 FROM logged_models"
          + " WHERE (lifecycle_stage = 'deleted' AND last_updated_timestamp_ms < :before)"
          + (" OR experiment_id IN (" + DELETED_EXPERIMENTS + ")")
          + " UNION ALL SELECT 'EXPERIMENT', CAST(experiment_id AS VARCHAR(32)),"
          + " experiment_id, name,"
          + " artifact_location, COALESCE(last_update_time, 0), 3 FROM experiments"
          + (" WHERE experiment_id IN (" + DELETED_EXPERIMENTS + ")");

  private static final String LINKS = " FROM inputs WHERE source_id = :id OR destination_id = :id";

  private static final String TRACES =
      " IN (SELECT request_id FROM trace_info WHERE experiment_id = :number)";

  /// What goes before the thing itself, in the order that the foreign keys accept: the conditions
  /// by table, where a database has it.
  private static final Map<Garbage.Kind, List<Map.Entry<String, String>>> BELONGINGS =
      Map.of(
          Garbage.Kind.RUN,
          List.of(
              Map.entry("input_tags", "input_uuid IN (SELECT input_uuid" + LINKS + ")"),
              Map.entry("inputs", "source_id = :id OR destination_id = :id"),
              Map.entry("logged_model_metrics", "run_id = :id"),
              Map.entry("metrics", "run_uuid = :id"),
              Map.entry("latest_metrics", "run_uuid = :id"),
              Map.entry("params", "run_uuid = :id"),
              Map.entry("tags", "run_uuid = :id"),
              Map.entry("runs", "run_uuid = :id")),
          Garbage.Kind.LOGGED_MODEL,
          List.of(
              Map.entry("inputs", "source_id = :id OR destination_id = :id"),
              Map.entry("logged_model_metrics", "model_id = :id"),
              Map.entry("logged_model_params", "model_id = :id"),
              Map.entry("logged_model_tags", "model_id = :id"),
              Map.entry("logged_models", "model_id = :id")),
          Garbage.Kind.EXPERIMENT,
          List.of(
              Map.entry("assessments", "trace_id" + TRACES),
              Map.entry("span_metrics", "trace_id" + TRACES),
              Map.entry("spans", "experiment_id = :number"),
              Map.entry("trace_metrics", "request_id" + TRACES),
              Map.entry("trace_tags", "request_id" + TRACES),
              Map.entry("trace_request_metadata", "request_id" + TRACES),
              Map.entry("trace_info", "experiment_id = :number"),
              Map.entry("sql_assessment_daily_rollups", "experiment_id = :number"),
              Map.entry("sql_span_cost_daily_rollups", "experiment_id = :number"),
              Map.entry("sql_trace_metric_daily_rollups", "experiment_id = :number"),
              Map.entry("sql_trace_rollup_rebuild_queue", "experiment_id = :number"),
              Map.entry("online_scoring_configs", "experiment_id = :number"),
              Map.entry("datasets", "experiment_id = :number"),
              Map.entry("experiment_tags", "experiment_id = :number"),
              Map.entry("experiments", "experiment_id = :number")));

  private final Database database;

  public SqlGarbage(Database database) {
    this.database = database;
  }

  /// @param before milliseconds since the epoch
  /// @return in the order in which they can be purged
  public List<Garbage> deletedBefore(long before) {
    return database.read(
        handle ->
            handle
                .createQuery(PLAN + " ORDER BY turn, deleted, id")
                .bind("before", before)
                .map((row, _) -> garbage(row))
                .list());
  }

  private static Garbage garbage(ResultSet row) throws SQLException {
    return new Garbage(
        Garbage.Kind.valueOf(row.getString("kind")),
        row.getString("id"),
        row.getString("experiment"),
        Rows.orEmpty(row.getString("name")),
        Rows.orEmpty(row.getString("uri")),
        row.getLong("deleted"));
  }

  /// What must be done before the rows go.
  public interface Files {
    void remove() throws IOException;
  }

  /// Removes one thing: its files, then all its rows together. Whoever would restore it waits
  /// meanwhile; in SQLite all other writers do.
  ///
  /// @return false if it is no longer what was planned, because somebody restored it; it is kept
  /// @throws IOException if its files cannot be removed; its rows are kept
  public boolean purge(Garbage garbage, Files files) throws IOException {
    try {
      return database.write(handle -> purge(handle, garbage, files));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private boolean purge(Handle handle, Garbage garbage, Files files) {
    lock(handle, garbage);
    if (!isStill(handle, garbage)) {
      return false;
    }
    try {
      files.remove();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    purge(handle, garbage);
    return true;
  }

  /// A writer of SQLite is alone anyway.
  private void lock(Handle handle, Garbage garbage) {
    if (database.dialect().hasOneWriter()) {
      return;
    }
    lock(handle, "experiments WHERE experiment_id = ?", Long.valueOf(garbage.experimentId()));
    switch (garbage.kind()) {
      case RUN -> lock(handle, "runs WHERE run_uuid = ?", garbage.id());
      case LOGGED_MODEL -> lock(handle, "logged_models WHERE model_id = ?", garbage.id());
      case EXPERIMENT -> {}
    }
  }

  /// Runs may still be created in the experiment.
  private static void lock(Handle handle, String row, Object id) {
    handle.select("SELECT 1 FROM " + row + " FOR NO KEY UPDATE", id).mapTo(Integer.class).list();
  }

  private static boolean isStill(Handle handle, Garbage garbage) {
    return handle
        .createQuery("SELECT * FROM (" + PLAN + ") planned WHERE kind = :kind AND id = :id")
        .bind("before", Long.MAX_VALUE)
        .bind("kind", garbage.kind().name())
        .bind("id", garbage.id())
        .map((row, _) -> garbage(row))
        .findOne()
        .filter(garbage::equals)
        .isPresent();
  }

  private static void purge(Handle handle, Garbage garbage) {
    var layout = Layout.of(handle);
    for (var belonging : BELONGINGS.getOrDefault(garbage.kind(), List.of())) {
      if (!layout.has(belonging.getKey())) {
        continue;
      }
      try (var delete =
          handle.createUpdate(
              "DELETE FROM " + belonging.getKey() + " WHERE " + belonging.getValue())) {
        if (garbage.kind() == Garbage.Kind.EXPERIMENT) {
          delete.bind("number", Long.parseLong(garbage.id()));
        } else {
          delete.bind("id", garbage.id());
        }
        delete.execute();
      }
    }
  }
}
