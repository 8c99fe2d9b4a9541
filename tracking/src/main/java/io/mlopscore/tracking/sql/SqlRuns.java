package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.LifecycleStage;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.RunInfo;
import io.mlopscore.tracking.RunNames;
import io.mlopscore.tracking.RunStatus;
import io.mlopscore.tracking.TrackingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `runs`, and a run with all that belongs to it.
final class SqlRuns {
  static final String NAME_TAG = "mlflow.runName";
  private static final String COLUMNS =
      "SELECT run_uuid, name, experiment_id, user_id, status, start_time, end_time, artifact_uri,"
          + " lifecycle_stage FROM runs ";

  private final RunNames names;

  SqlRuns(RunNames names) {
    this.names = names;
  }

  Run create(Handle handle, NewRun run) {
    var experiment = SqlExperiments.active(handle, run.experimentId());
    var id = Ids.fresh();
    var tags = new LinkedHashMap<>(run.tags());
    tags.put(NAME_TAG, name(run));
    handle.execute(
        "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id,"
            + " status, start_time, source_version, lifecycle_stage, artifact_uri, experiment_id)"
            + " VALUES (?, ?, 'UNKNOWN', '', '', ?, 'RUNNING', ?, '', 'active', ?, ?)",
        id,
        tags.get(NAME_TAG),
        run.userId(),
        run.startTime(),
        ArtifactUris.of(experiment.artifactLocation(), id, "artifacts"),
        SqlExperiments.number(experiment.id()));
    SqlRunLog.tags(handle, id, tags);
    return get(handle, id);
  }

  private String name(NewRun run) {
    var tag = run.tags().getOrDefault(NAME_TAG, "");
    if (!tag.isEmpty() && !run.runName().isEmpty() && !tag.equals(run.runName())) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different"
              + " values (run_name='"
              + run.runName()
              + "', mlflow.runName='"
              + tag
              + "').");
    }
    if (!run.runName().isEmpty()) {
      return run.runName();
    }
    return tag.isEmpty() ? names.next() : tag;
  }

  static Run get(Handle handle, String id) {
    return withData(handle, info(handle, id));
  }

  static RunInfo info(Handle handle, String id) {
    return handle
        .select(COLUMNS + "WHERE run_uuid = ?", id)
        .map((row, _) -> info(row))
        .findOne()
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.RESOURCE_DOES_NOT_EXIST, "Run with id=" + id + " not found"));
  }

  /// The run, for everything that writes to it.
  static RunInfo active(Handle handle, String id) {
    var run = info(handle, id);
    if (run.lifecycleStage() == LifecycleStage.DELETED) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "The run " + id + " must be in the 'active' state. Current state is deleted.");
    }
    return run;
  }

  static void update(Handle handle, String id, @Nullable RunStatus status, @Nullable Long endTime) {
    active(handle, id);
    handle.execute(
        "UPDATE runs SET status = COALESCE(?, status), end_time = COALESCE(?, end_time)"
            + " WHERE run_uuid = ?",
        status == null ? null : status.name(),
        endTime,
        id);
  }

  static List<Run> ofExperiment(Handle handle, String experimentId, int maxResults) {
    return handle
        .select(
            COLUMNS
                + "WHERE experiment_id = ? AND lifecycle_stage = 'active'"
                + " ORDER BY start_time DESC, run_uuid ASC LIMIT ?",
            SqlExperiments.number(experimentId),
            maxResults)
        .map((row, _) -> info(row))
        .stream()
        .map(info -> withData(handle, info))
        .toList();
  }

  private static RunInfo info(ResultSet row) throws SQLException {
    var end = row.getLong("end_time");
    var ended = !row.wasNull();
    return new RunInfo(
        row.getString("run_uuid"),
        Rows.orEmpty(row.getString("name")),
        row.getString("experiment_id"),
        Rows.orEmpty(row.getString("user_id")),
        RunStatus.valueOf(row.getString("status")),
        row.getLong("start_time"),
        ended ? end : null,
        Rows.orEmpty(row.getString("artifact_uri")),
        Rows.stage(row.getString("lifecycle_stage")));
  }

  private static Run withData(Handle handle, RunInfo info) {
    var id = info.runId();
    return new Run(
        info,
        metrics(handle, "latest_metrics WHERE run_uuid = ? ORDER BY \"key\"", id),
        Rows.pairs(handle, "SELECT \"key\", value FROM params WHERE run_uuid = ?", id),
        Rows.pairs(handle, "SELECT \"key\", value FROM tags WHERE run_uuid = ?", id),
        SqlDatasets.inputs(handle, id));
  }

  /// Every point of a metric, by timestamp, step and value.
  static List<Metric> history(Handle handle, String id, String key) {
    info(handle, id);
    return metrics(
        handle,
        "metrics WHERE run_uuid = ? AND \"key\" = ? ORDER BY timestamp, step, value",
        id,
        key);
  }

  private static List<Metric> metrics(Handle handle, String from, Object... arguments) {
    return handle
        .select("SELECT \"key\", value, timestamp, step, is_nan FROM " + from, arguments)
        .map(
            (row, _) ->
                new Metric(
                    row.getString("key"),
                    row.getBoolean("is_nan") ? Double.NaN : row.getDouble("value"),
                    row.getLong("timestamp"),
                    row.getLong("step")))
        .list();
  }
}
