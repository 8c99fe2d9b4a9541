package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.RunMetric;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Reads logged models with all that belongs to them: one query a table.
final class LoggedModelReading {
  private static final int MOST_AT_ONCE = 500;
  private static final String COLUMNS =
      "SELECT model_id, experiment_id, name, artifact_location, status, model_type, source_run_id,"
          + " creation_timestamp_ms, last_updated_timestamp_ms FROM logged_models";

  private final Map<String, Map<String, String>> params;
  private final Map<String, Map<String, String>> tags;
  private final Map<String, List<RunMetric>> metrics = new HashMap<>();

  private LoggedModelReading(Handle handle, List<String> ids) {
    params =
        Rows.pairsOf(
            of(
                handle,
                "SELECT model_id, param_key, param_value FROM logged_model_params WHERE model_id IN"
                    + " ",
                ids));
    tags =
        Rows.pairsOf(
            of(
                handle,
                "SELECT model_id, tag_key, tag_value FROM logged_model_tags WHERE model_id IN ",
                ids));
    SqlText.of(
            "SELECT model_id, metric_name, metric_value, metric_timestamp_ms, metric_step,"
                + " dataset_name, dataset_digest, run_id FROM logged_model_metrics"
                + " WHERE model_id IN ")
        .list(ids)
        .add(" ORDER BY metric_name, metric_timestamp_ms, metric_step, run_id")
        .query(handle)
        .map((row, _) -> Map.entry(row.getString("model_id"), metric(row)))
        .forEach(
            found ->
                metrics
                    .computeIfAbsent(found.getKey(), _ -> new ArrayList<>())
                    .add(found.getValue()));
  }

  private static Query of(Handle handle, String sql, List<String> ids) {
    return SqlText.of(sql).list(ids).query(handle);
  }

  private static RunMetric metric(ResultSet row) throws SQLException {
    return new RunMetric(
        row.getString("run_id"),
        new Metric(
            row.getString("metric_name"),
            row.getDouble("metric_value"),
            row.getLong("metric_timestamp_ms"),
            row.getLong("metric_step"),
            row.getString("model_id"),
            row.getString("dataset_name"),
            row.getString("dataset_digest")));
  }

  /// The models in the order of their ids; those that are deleted are left out.
  static List<LoggedModel> models(Handle handle, List<String> ids) {
    var models = new ArrayList<LoggedModel>();
    for (var from = 0; from < ids.size(); from += MOST_AT_ONCE) {
      models.addAll(some(handle, ids.subList(from, Math.min(ids.size(), from + MOST_AT_ONCE))));
    }
    return models;
  }

  private static List<LoggedModel> some(Handle handle, List<String> ids) {
    var data = new LoggedModelReading(handle, ids);
    var models = new HashMap<String, LoggedModel>();
    of(handle, COLUMNS + " WHERE lifecycle_stage = 'active' AND model_id IN ", ids)
        .map((row, _) -> data.model(row))
        .forEach(model -> models.put(model.modelId(), model));
    return ids.stream().flatMap(id -> Stream.ofNullable(models.get(id))).toList();
  }

  private LoggedModel model(ResultSet row) throws SQLException {
    var id = row.getString("model_id");
    return new LoggedModel(
        id,
        row.getString("experiment_id"),
        row.getString("name"),
        row.getString("artifact_location"),
        SqlLoggedModels.status(row.getInt("status")),
        Rows.orNull(row.getString("model_type")),
        Rows.orNull(row.getString("source_run_id")),
        row.getLong("creation_timestamp_ms"),
        row.getLong("last_updated_timestamp_ms"),
        params.getOrDefault(id, Map.of()),
        tags.getOrDefault(id, Map.of()),
        metrics.getOrDefault(id, List.of()));
  }
}
