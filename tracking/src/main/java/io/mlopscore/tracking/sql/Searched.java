package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.search.Field;
import java.util.Map;
import java.util.Optional;

/// How a kind of entity lies in the database.
///
/// @param from its table with a short name, such as `runs r`
/// @param id its key, such as `r.run_uuid`
/// @param columns the column of each attribute
/// @param pairs the table of params, tags and metrics
/// @param related tables behind attributes and data sets that are not columns of its own
record Searched(
    String from,
    String id,
    Map<String, String> columns,
    Map<Field.Kind, Pairs> pairs,
    Map<Field, Related> related) {

  /// A table of keys and values.
  ///
  /// @param table its name
  /// @param on how a row `x` belongs to the entity, such as `x.run_uuid = r.run_uuid`
  /// @param key the column of the key
  /// @param value the column of the value
  /// @param hasNan whether a column `is_nan` marks values that are no numbers
  /// @param also a further condition on a row, or nothing
  record Pairs(String table, String on, String key, String value, boolean hasNan, SqlText also) {
    Pairs(String table, String on, String key, String value) {
      this(table, on, key, value, false, new SqlText());
    }

    /// The column of a row `x` that names the entity, where one column does.
    Optional<String> owner() {
      return on.contains(" AND ")
          ? Optional.empty()
          : Optional.of(on.substring(0, on.indexOf(' ')));
    }
  }

  /// A value that is found through other tables.
  ///
  /// @param rows what follows FROM, with a WHERE that ties it to the entity
  record Related(String rows, String value) {}

  static Searched runs() {
    var on = "x.run_uuid = r.run_uuid";
    return new Searched(
        "runs r",
        "r.run_uuid",
        Map.of(
            "run_id", "r.run_uuid",
            "run_name", "r.name",
            "user_id", "r.user_id",
            "status", "r.status",
            "artifact_uri", "r.artifact_uri",
            "start_time", "r.start_time",
            "end_time", "r.end_time"),
        Map.of(
            Field.Kind.METRIC,
                new Pairs("latest_metrics", on, "\"key\"", "value", true, new SqlText()),
            Field.Kind.PARAM, new Pairs("params", on, "\"key\"", "value"),
            Field.Kind.TAG, new Pairs("tags", on, "\"key\"", "value")),
        Map.of(
            // runs that MLflow logged before 1.30 have their name in the tag alone
            new Field(Field.Kind.ATTRIBUTE, "run_name"),
            new Related(
                "tags x WHERE x.run_uuid = r.run_uuid AND x.\"key\" = 'mlflow.runName'", "x.value"),
            dataset("name"),
            new Related(datasetsOfRun(""), "d.name"),
            dataset("digest"),
            new Related(datasetsOfRun(""), "d.digest"),
            dataset("context"),
            new Related(
                datasetsOfRun(
                    " JOIN input_tags x ON x.input_uuid = i.input_uuid"
                        + " AND x.name = 'mlflow.data.context'"),
                "x.value")));
  }

  private static Field dataset(String key) {
    return new Field(Field.Kind.DATASET, key);
  }

  private static String datasetsOfRun(String join) {
    return "inputs i JOIN datasets d ON d.dataset_uuid = i.source_id"
        + join
        + " WHERE i.destination_type = 'RUN' AND i.destination_id = r.run_uuid"
        + " AND i.source_type = 'DATASET'";
  }

  static Searched experiments() {
    return new Searched(
        "experiments e",
        "e.experiment_id",
        Map.of(
            "experiment_id", "e.experiment_id",
            "name", "e.name",
            "creation_time", "e.creation_time",
            "last_update_time", "e.last_update_time"),
        Map.of(
            Field.Kind.TAG,
            new Pairs("experiment_tags", "x.experiment_id = e.experiment_id", "\"key\"", "value")),
        Map.of());
  }

  /// @param datasets restricts the metrics that are looked at; may be empty
  static Searched loggedModels(SqlText datasets) {
    var on = "x.model_id = m.model_id";
    return new Searched(
        "logged_models m",
        "m.model_id",
        Map.of(
            "name", "m.name",
            "model_id", "m.model_id",
            "model_type", "m.model_type",
            "status",
                "CASE m.status WHEN 1 THEN 'PENDING' WHEN 2 THEN 'READY'"
                    + " WHEN 3 THEN 'UPLOAD_FAILED' END",
            "source_run_id", "m.source_run_id",
            "creation_timestamp_ms", "m.creation_timestamp_ms",
            "last_updated_timestamp_ms", "m.last_updated_timestamp_ms"),
        Map.of(
            Field.Kind.METRIC,
                new Pairs(
                    "logged_model_metrics", on, "metric_name", "metric_value", false, datasets),
            Field.Kind.PARAM, new Pairs("logged_model_params", on, "param_key", "param_value"),
            Field.Kind.TAG, new Pairs("logged_model_tags", on, "tag_key", "tag_value")),
        Map.of());
  }

  /// The column of an attribute, which the vocabulary knows.
  String column(Field attribute) {
    var column = columns.get(attribute.key());
    if (column == null) {
      throw new IllegalStateException("no column for " + attribute);
    }
    return column;
  }

  Pairs pairs(Field field) {
    var table = pairs.get(field.kind());
    if (table == null) {
      throw new IllegalStateException("no table for " + field);
    }
    return table;
  }
}
