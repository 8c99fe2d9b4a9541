package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.Dataset;
import io.mlopscore.tracking.DatasetInput;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.ModelOutput;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.RunInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Reads runs with all that belongs to them: one query a table, however many runs.
final class RunReading {
  private static final int MOST_AT_ONCE = 500;

  private final Handle handle;
  private final List<String> ids;
  private final Map<String, List<Metric>> metrics = new HashMap<>();
  private final Map<String, Map<String, String>> params;
  private final Map<String, Map<String, String>> tags;
  private final Map<String, List<DatasetInput>> inputs = new HashMap<>();
  private final Map<String, List<ModelOutput>> outputs = new HashMap<>();

  private RunReading(Handle handle, List<String> ids) {
    this.handle = handle;
    this.ids = ids;
    readMetrics();
    params = Rows.pairsOf(of("SELECT run_uuid, \"key\", value FROM params WHERE run_uuid IN "));
    tags = Rows.pairsOf(of("SELECT run_uuid, \"key\", value FROM tags WHERE run_uuid IN "));
    readInputs();
    readOutputs();
  }

  /// The runs in the order of their ids.
  static List<Run> runs(Handle handle, List<String> ids) {
    var runs = new ArrayList<Run>();
    for (var from = 0; from < ids.size(); from += MOST_AT_ONCE) {
      var some = ids.subList(from, Math.min(ids.size(), from + MOST_AT_ONCE));
      runs.addAll(new RunReading(handle, some).runs());
    }
    return runs;
  }

  private Query of(String sql) {
    return SqlText.of(sql).list(ids).query(handle);
  }

  private List<Run> runs() {
    var infos = new HashMap<String, RunInfo>();
    of(SqlRuns.COLUMNS + "WHERE run_uuid IN ")
        .map((row, _) -> SqlRuns.info(row))
        .forEach(info -> infos.put(info.runId(), info));
    return ids.stream().flatMap(id -> Stream.ofNullable(infos.get(id))).map(this::run).toList();
  }

  private Run run(RunInfo info) {
    var id = info.runId();
    return new Run(
        info,
        metrics.getOrDefault(id, List.of()),
        params.getOrDefault(id, Map.of()),
        tags.getOrDefault(id, Map.of()),
        inputs.getOrDefault(id, List.of()),
        List.of(),
        outputs.getOrDefault(id, List.of()));
  }

  private void readMetrics() {
    SqlText.of("SELECT run_uuid, \"key\", value, timestamp, step, is_nan FROM latest_metrics")
        .add(" WHERE run_uuid IN ")
        .list(ids)
        .add(" ORDER BY \"key\"")
        .query(handle)
        .map((row, _) -> Map.entry(row.getString("run_uuid"), MetricReading.metric(row)))
        .forEach(found -> add(metrics, found.getKey(), found.getValue()));
  }

  private void readInputs() {
    var contexts =
        Rows.pairsOf(
            of(
                "SELECT t.input_uuid, t.name, t.value FROM input_tags t"
                    + " JOIN inputs i ON i.input_uuid = t.input_uuid"
                    + " WHERE i.source_type = 'DATASET' AND i.destination_type = 'RUN'"
                    + " AND i.destination_id IN "));
    SqlText.of(
            "SELECT i.destination_id, i.input_uuid, d.name, d.digest, d.dataset_source_type,"
                + " d.dataset_source, d.dataset_schema, d.dataset_profile FROM inputs i"
                + " JOIN datasets d ON d.dataset_uuid = i.source_id"
                + " WHERE i.source_type = 'DATASET' AND i.destination_type = 'RUN'"
                + " AND i.destination_id IN ")
        .list(ids)
        .add(" ORDER BY d.name, d.digest")
        .query(handle)
        .map(
            (row, _) ->
                Map.entry(
                    row.getString(1),
                    new DatasetInput(
                        new Dataset(
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            row.getString(7),
                            row.getString(8)),
                        contexts.getOrDefault(row.getString(2), new LinkedHashMap<>()))))
        .forEach(found -> add(inputs, found.getKey(), found.getValue()));
  }

  private void readOutputs() {
    var step = Layout.of(handle).has("inputs", "step") ? "step" : "0"; // MLflow 2 has none
    of("SELECT source_id, destination_id, "
            + step
            + " FROM inputs WHERE source_type = 'RUN_OUTPUT'"
            + " AND destination_type = 'MODEL_OUTPUT' AND source_id IN ")
        .map(
            (row, _) ->
                Map.entry(row.getString(1), new ModelOutput(row.getString(2), row.getLong(3))))
        .forEach(found -> add(outputs, found.getKey(), found.getValue()));
  }

  private static <T> void add(Map<String, List<T>> lists, String id, T item) {
    lists.computeIfAbsent(id, _ -> new ArrayList<>()).add(item);
  }

  /// The ids of the logged models that a run read.
  static List<String> modelInputs(Handle handle, String run) {
    return handle
        .select(
            "SELECT destination_id FROM inputs WHERE source_type = 'RUN_INPUT' AND source_id = ?"
                + " AND destination_type = 'MODEL_INPUT' ORDER BY destination_id",
            run)
        .mapTo(String.class)
        .list();
  }
}
