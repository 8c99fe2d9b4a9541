package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.Dataset;
import io.mlopscore.tracking.DatasetInput;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.ModelOutput;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.RunInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Reads runs with all that belongs to them, however many: by one statement, which sees one state
/// of the database without a transaction, and datasets, which few have, by more if there are some:
/// these are only ever added.
final class RunReading {
  private static final int MOST_AT_ONCE = 500;

  private static final int KIND = 1;
  private static final int RUN = 2;
  private static final int NAME = 3;
  private static final int TEXT = 4;
  private static final int TIMESTAMP = 5;
  private static final int STEP = 6;
  private static final int VALUE = 7;
  private static final int IS_NAN = 8;

  /// What only a run has.
  private static final String NO_MORE = ", NULL, NULL, NULL, NULL";

  private final Handle handle;
  private final List<String> ids;
  private final Map<String, RunInfo> infos = new HashMap<>();
  private final Map<String, List<Metric>> metrics = new HashMap<>();
  private final Map<String, Map<String, String>> params = new HashMap<>();
  private final Map<String, Map<String, String>> tags = new HashMap<>();
  private final Map<String, List<DatasetInput>> inputs = new HashMap<>();
  private final Map<String, List<ModelOutput>> outputs = new HashMap<>();
  private final List<String> modelInputs = new ArrayList<>();
  private final Set<String> withDatasets = new HashSet<>();

  private RunReading(Handle handle, List<String> ids) {
    this.handle = handle;
    this.ids = ids;
    parts().query(handle).map((row, _) -> take(row)).forEach(_ -> {});
    metrics.values().forEach(list -> list.sort(Comparator.comparing(Metric::key)));
    if (!withDatasets.isEmpty()) {
      readInputs();
    }
  }

  /// The runs in the order of their ids, without the models that they read.
  static List<Run> runs(Handle handle, List<String> ids) {
    var runs = new ArrayList<Run>();
    for (var from = 0; from < ids.size(); from += MOST_AT_ONCE) {
      var some = ids.subList(from, Math.min(ids.size(), from + MOST_AT_ONCE));
      runs.addAll(new RunReading(handle, some).runs());
    }
    return runs;
  }

  static Optional<Run> run(Handle handle, String id) {
    var reading = new RunReading(handle, List.of(id));
    var models = reading.modelInputs.stream().sorted().toList();
    return reading.runs().stream()
        .map(
            run ->
                new Run(
                    run.info(),
                    run.metrics(),
                    run.params(),
                    run.tags(),
                    run.inputs(),
                    models,
                    run.outputs()))
        .findFirst();
  }

  /// Rows of all kinds in the same columns, named as those of a run: which kind, of which run, a
  /// name, and what it has.
  private SqlText parts() {
    var step = Layout.of(handle).has("inputs", "step") ? "step" : "0"; // MLflow 2 has none
    return SqlText.of("SELECT 'run' AS kind, run_uuid, name, artifact_uri, start_time, end_time,")
        .add(" NULL AS value, NULL AS is_nan, experiment_id, user_id, status, lifecycle_stage")
        .add(" FROM runs WHERE run_uuid IN ")
        .list(ids)
        .add(" UNION ALL SELECT 'metric', run_uuid, \"key\", NULL, timestamp, step, value, is_nan")
        .add(NO_MORE + " FROM latest_metrics WHERE run_uuid IN ")
        .list(ids)
        .add(" UNION ALL SELECT 'param', run_uuid, \"key\", value, NULL, NULL, NULL, NULL")
        .add(NO_MORE + " FROM params WHERE run_uuid IN ")
        .list(ids)
        .add(" UNION ALL SELECT 'tag', run_uuid, \"key\", value, NULL, NULL, NULL, NULL")
        .add(NO_MORE + " FROM tags WHERE run_uuid IN ")
        .list(ids)
        .add(" UNION ALL SELECT 'dataset', destination_id, '', NULL, NULL, NULL, NULL, NULL")
        .add(NO_MORE + " FROM inputs WHERE source_type = 'DATASET' AND destination_type = 'RUN'")
        .add(" AND destination_id IN ")
        .list(ids)
        .add(" UNION ALL SELECT source_type, source_id, destination_id, NULL, NULL, " + step)
        .add(", NULL, NULL" + NO_MORE + " FROM inputs")
        .add(" WHERE source_type IN ('RUN_INPUT', 'RUN_OUTPUT')")
        .add(" AND destination_type IN ('MODEL_INPUT', 'MODEL_OUTPUT') AND source_id IN ")
        .list(ids);
  }

  private String take(ResultSet row) throws SQLException {
    var run = row.getString(RUN);
    var name = row.getString(NAME);
    switch (row.getString(KIND)) {
      case "run" -> infos.put(run, SqlRuns.info(row));
      case "metric" -> add(metrics, run, metric(name, row));
      case "param" -> put(params, run, name, row);
      case "tag" -> put(tags, run, name, row);
      case "dataset" -> withDatasets.add(run);
      case "RUN_INPUT" -> modelInputs.add(name);
      case "RUN_OUTPUT" -> add(outputs, run, new ModelOutput(name, row.getLong(STEP)));
      case String kind -> throw new IllegalStateException("nobody asked for " + kind);
    }
    return run;
  }

  private static Metric metric(String key, ResultSet row) throws SQLException {
    var value = row.getBoolean(IS_NAN) ? Double.NaN : row.getDouble(VALUE);
    return new Metric(key, value, row.getLong(TIMESTAMP), row.getLong(STEP));
  }

  private static void put(
      Map<String, Map<String, String>> pairs, String run, String key, ResultSet row)
      throws SQLException {
    pairs.computeIfAbsent(run, _ -> new HashMap<>()).put(key, Rows.orEmpty(row.getString(TEXT)));
  }

  private List<Run> runs() {
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

  private void readInputs() {
    var contexts =
        Rows.pairsOf(
            SqlText.of(
                    "SELECT t.input_uuid, t.name, t.value FROM input_tags t"
                        + " JOIN inputs i ON i.input_uuid = t.input_uuid"
                        + " WHERE i.source_type = 'DATASET' AND i.destination_type = 'RUN'"
                        + " AND i.destination_id IN ")
                .list(withDatasets)
                .query(handle));
    SqlText.of(
            "SELECT i.destination_id, i.input_uuid, d.name, d.digest, d.dataset_source_type,"
                + " d.dataset_source, d.dataset_schema, d.dataset_profile FROM inputs i"
                + " JOIN datasets d ON d.dataset_uuid = i.source_id"
                + " WHERE i.source_type = 'DATASET' AND i.destination_type = 'RUN'"
                + " AND i.destination_id IN ")
        .list(withDatasets)
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

  private static <T> void add(Map<String, List<T>> lists, String id, T item) {
    lists.computeIfAbsent(id, _ -> new ArrayList<>()).add(item);
  }
}
