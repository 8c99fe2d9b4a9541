package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.Names;
import io.mlopscore.tracking.NewLoggedModel;
import io.mlopscore.tracking.RunNames;
import io.mlopscore.tracking.TrackingException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// The tables `logged_models`, `logged_model_params` and `logged_model_tags`, and the links from
/// runs in `inputs`.
final class SqlLoggedModels {
  private final RunNames names;
  private final Clock clock;

  SqlLoggedModels(RunNames names, Clock clock) {
    this.names = names;
    this.clock = clock;
  }

  LoggedModel create(Handle handle, NewLoggedModel model) {
    Layout.of(handle).require("logged_models", "logged models");
    Names.loggedModel(model.name());
    var experiment = SqlExperiments.active(handle, model.experimentId());
    var number = SqlExperiments.number(experiment.id());
    var id = "m-" + Ids.fresh();
    var now = clock.millis();
    handle.execute(
        "INSERT INTO logged_models (model_id, experiment_id, name, artifact_location,"
            + " creation_timestamp_ms, last_updated_timestamp_ms, status, lifecycle_stage,"
            + " model_type, source_run_id) VALUES (?, ?, ?, ?, ?, ?, ?, 'active', ?, ?)",
        id,
        number,
        model.name().isEmpty() ? names.next() : model.name(),
        ArtifactUris.of(experiment.artifactLocation(), "models", id, "artifacts"),
        now,
        now,
        code(LoggedModel.Status.PENDING),
        Rows.orEmpty(model.modelType()),
        Rows.orEmpty(model.sourceRunId()));
    model.params().forEach((key, value) -> param(handle, id, number, key, value));
    model.tags().forEach((key, value) -> tag(handle, id, number, key, value));
    return get(handle, id);
  }

  static void tag(Handle handle, String id, long experiment, String key, String value) {
    handle.execute(
        "INSERT INTO logged_model_tags (model_id, experiment_id, tag_key, tag_value)"
            + " VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (model_id, tag_key) DO UPDATE SET tag_value = excluded.tag_value",
        id,
        experiment,
        key,
        value);
  }

  LoggedModel finish(Handle handle, String id, LoggedModel.Status status) {
    get(handle, id);
    handle.execute(
        "UPDATE logged_models SET status = ?, last_updated_timestamp_ms = ? WHERE model_id = ?",
        code(status),
        clock.millis(),
        id);
    return get(handle, id);
  }

  static LoggedModel get(Handle handle, String id) {
    return LoggedModelReading.models(handle, List.of(id)).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.RESOURCE_DOES_NOT_EXIST,
                    "Logged model with ID '" + id + "' not found."));
  }

  void delete(Handle handle, String id) {
    get(handle, id);
    handle.execute(
        "UPDATE logged_models SET lifecycle_stage = 'deleted', last_updated_timestamp_ms = ?"
            + " WHERE model_id = ?",
        clock.millis(),
        id);
  }

  static void deleteTag(Handle handle, String id, String key) {
    get(handle, id);
    var deleted =
        handle.execute("DELETE FROM logged_model_tags WHERE model_id = ? AND tag_key = ?", id, key);
    if (deleted == 0) {
      throw new TrackingException(
          ErrorCode.RESOURCE_DOES_NOT_EXIST,
          "No tag with key '" + key + "' found for model with ID '" + id + "'.");
    }
  }

  static void params(Handle handle, String id, Map<String, String> params) {
    var experiment = SqlExperiments.number(get(handle, id).experimentId());
    params.forEach((key, value) -> param(handle, id, experiment, key, value));
  }

  /// A param that is there already with the same value is left; another value is refused.
  private static void param(Handle handle, String id, long experiment, String key, String value) {
    handle.execute(
        "INSERT INTO logged_model_params (model_id, experiment_id, param_key, param_value)"
            + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        id,
        experiment,
        key,
        value);
    var kept =
        handle
            .select(
                "SELECT param_value FROM logged_model_params WHERE model_id = ? AND param_key = ?",
                id,
                key)
            .mapTo(String.class)
            .one();
    if (!kept.equals(value)) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Changing param values is not allowed. Param with key='"
              + key
              + "' was already logged with value='"
              + kept
              + "' for model ID='"
              + id
              + "'.");
    }
  }

  /// Says that a run made a model, as MLflow's `runs/outputs` does.
  static void output(Handle handle, String run, String model, long step) {
    SqlRuns.active(handle, run);
    handle.execute(
        "INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id,"
            + " step) VALUES (?, 'RUN_OUTPUT', ?, 'MODEL_OUTPUT', ?, ?) ON CONFLICT DO NOTHING",
        Ids.fresh(),
        run,
        model,
        step);
  }

  static int code(LoggedModel.Status status) {
    return switch (status) {
      case PENDING -> 1;
      case READY -> 2;
      case UPLOAD_FAILED -> 3;
    };
  }

  static LoggedModel.Status status(int code) {
    return switch (code) {
      case 2 -> LoggedModel.Status.READY;
      case 3 -> LoggedModel.Status.UPLOAD_FAILED;
      default -> LoggedModel.Status.PENDING;
    };
  }
}
