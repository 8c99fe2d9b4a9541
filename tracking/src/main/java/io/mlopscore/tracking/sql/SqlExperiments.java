package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.LifecycleStage;
import io.mlopscore.tracking.Names;
import io.mlopscore.tracking.TrackingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The tables `experiments` and `experiment_tags`.
final class SqlExperiments {
  private static final String COLUMNS =
      "SELECT experiment_id, name, artifact_location, lifecycle_stage, creation_time,"
          + " last_update_time FROM experiments ";

  private final String artifactRoot;
  private final Clock clock;

  SqlExperiments(String artifactRoot, Clock clock) {
    this.artifactRoot = artifactRoot;
    this.clock = clock;
  }

  String create(Handle handle, String name, Map<String, String> tags) {
    Names.experiment(name);
    refuseTaken(handle, name);
    var now = clock.millis();
    var id =
        handle
            .createUpdate(
                "INSERT INTO experiments (name, lifecycle_stage, creation_time, last_update_time)"
                    + " VALUES (?, 'active', ?, ?)")
            .bind(0, name)
            .bind(1, now)
            .bind(2, now)
            .executeAndReturnGeneratedKeys("experiment_id")
            .mapTo(Long.class)
            .one()
            .toString();
    handle.execute(
        "UPDATE experiments SET artifact_location = ? WHERE experiment_id = ?",
        ArtifactUris.of(artifactRoot, id),
        Long.valueOf(id));
    tags.forEach((key, value) -> tag(handle, id, key, value));
    return id;
  }

  private static void refuseTaken(Handle handle, String name) {
    find(handle, name)
        .ifPresent(
            taken -> {
              var hint =
                  taken.lifecycleStage() == LifecycleStage.DELETED
                      ? " It is deleted; restore it or purge it for good to use the name."
                      : "";
              throw new TrackingException(
                  ErrorCode.RESOURCE_ALREADY_EXISTS,
                  "Experiment(name=" + name + ") already exists." + hint);
            });
  }

  void tag(Handle handle, String id, String key, String value) {
    handle.execute(
        "INSERT INTO experiment_tags (\"key\", value, experiment_id) VALUES (?, ?, ?)"
            + " ON CONFLICT (\"key\", experiment_id) DO UPDATE SET value = excluded.value",
        Names.key("tag", key),
        value,
        number(id));
  }

  static Experiment get(Handle handle, String id) {
    return handle
        .select(COLUMNS + "WHERE experiment_id = ?", number(id))
        .map((row, _) -> experiment(handle, row))
        .findOne()
        .orElseThrow(() -> missing(id));
  }

  /// The active experiment, for everything that adds to it.
  static Experiment active(Handle handle, String id) {
    var experiment = get(handle, id);
    if (experiment.lifecycleStage() == LifecycleStage.DELETED) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "The experiment " + id + " must be in the 'active' state. Current state is deleted.");
    }
    return experiment;
  }

  static Optional<Experiment> find(Handle handle, String name) {
    return handle
        .select(COLUMNS + "WHERE name = ?", name)
        .map((row, _) -> experiment(handle, row))
        .findOne();
  }

  static List<Experiment> all(Handle handle) {
    return handle
        .select(
            COLUMNS
                + "WHERE lifecycle_stage = 'active' ORDER BY creation_time DESC, experiment_id ASC")
        .map((row, _) -> experiment(handle, row))
        .list();
  }

  private static Experiment experiment(Handle handle, ResultSet row) throws SQLException {
    var id = row.getString("experiment_id");
    return new Experiment(
        id,
        row.getString("name"),
        Rows.orEmpty(row.getString("artifact_location")),
        Rows.stage(row.getString("lifecycle_stage")),
        row.getLong("creation_time"),
        row.getLong("last_update_time"),
        Rows.pairs(
            handle,
            "SELECT \"key\", value FROM experiment_tags WHERE experiment_id = ?",
            number(id)));
  }

  /// Experiment ids are numbers here, but text for callers.
  static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException _) {
      throw missing(id);
    }
  }

  private static TrackingException missing(String id) {
    return new TrackingException(
        ErrorCode.RESOURCE_DOES_NOT_EXIST, "No Experiment with id=" + id + " exists");
  }
}
