package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.config.JdbiConfig;

/// The tables and columns that a database has, which say what MLflow of its age could keep. Looked
/// at once, when it is opened; any statement may ask for it by [#of].
///
/// Tables that an older MLflow did not have yet read as empty ([#standIns]), so that no query must
/// ask for them first.
public final class Layout implements JdbiConfig<Layout> {
  private static final String TEXT = "CAST(NULL AS VARCHAR)";
  private static final String WHOLE = "CAST(NULL AS BIGINT)";
  private static final String REAL = "CAST(NULL AS DOUBLE PRECISION)";

  /// Tables that came with MLflow 3.0, with the types of their columns.
  private static final Map<String, Map<String, String>> SINCE_3 =
      Map.of(
          "logged_models",
          Map.ofEntries(
              Map.entry("model_id", TEXT),
              Map.entry("experiment_id", WHOLE),
              Map.entry("name", TEXT),
              Map.entry("artifact_location", TEXT),
              Map.entry("creation_timestamp_ms", WHOLE),
              Map.entry("last_updated_timestamp_ms", WHOLE),
              Map.entry("status", WHOLE),
              Map.entry("lifecycle_stage", TEXT),
              Map.entry("model_type", TEXT),
              Map.entry("source_run_id", TEXT),
              Map.entry("status_message", TEXT)),
          "logged_model_params",
          Map.of("model_id", TEXT, "experiment_id", WHOLE, "param_key", TEXT, "param_value", TEXT),
          "logged_model_tags",
          Map.of("model_id", TEXT, "experiment_id", WHOLE, "tag_key", TEXT, "tag_value", TEXT),
          "logged_model_metrics",
          Map.of(
              "model_id", TEXT,
              "metric_name", TEXT,
              "metric_timestamp_ms", WHOLE,
              "metric_step", WHOLE,
              "metric_value", REAL,
              "experiment_id", WHOLE,
              "run_id", TEXT,
              "dataset_uuid", TEXT,
              "dataset_name", TEXT,
              "dataset_digest", TEXT));

  private Map<String, Set<String>> columns = Map.of();

  /// For Jdbi: knows nothing until it is [#look]ed up.
  public Layout() {}

  private Layout(Map<String, Set<String>> columns) {
    this.columns = columns;
  }

  static Layout of(Handle handle) {
    return handle.getConfig(Layout.class);
  }

  void look(Handle handle, Dialect dialect) {
    var found = new TreeMap<String, Set<String>>();
    handle
        .createQuery(dialect.columns())
        .map((row, _) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(
            column ->
                found
                    .computeIfAbsent(column.getKey(), _ -> new TreeSet<>())
                    .add(column.getValue()));
    columns = found;
  }

  boolean has(String table) {
    return columns.containsKey(table);
  }

  boolean has(String table, String column) {
    return columns.getOrDefault(table, Set.of()).contains(column);
  }

  /// @param what the plural of what is kept there
  /// @throws TrackingException if the database is older than the table
  void require(String table, String what) {
    if (!has(table)) {
      throw new TrackingException(
          ErrorCode.NOT_IMPLEMENTED,
          "This tracking database was made by an older MLflow, which keeps no "
              + what
              + "; upgrade it with `mlops server db upgrade`.");
    }
  }

  /// Statements for each new connection, which let absent tables read as empty.
  List<String> standIns() {
    var statements = new ArrayList<String>();
    SINCE_3.forEach(
        (table, types) -> {
          if (!has(table)) {
            var nothing = new ArrayList<String>();
            types.forEach((column, type) -> nothing.add(type + " AS " + column));
            statements.add(
                "CREATE TEMPORARY VIEW "
                    + table
                    + " AS SELECT "
                    + String.join(", ", nothing)
                    + " WHERE 1 = 0");
          }
        });
    return statements;
  }

  @Override
  public Layout createCopy() {
    return new Layout(columns);
  }
}
