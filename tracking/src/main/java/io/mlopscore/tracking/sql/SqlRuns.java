package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.LifecycleStage;
import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.RunInfo;
import io.mlopscore.tracking.RunNames;
import io.mlopscore.tracking.RunStatus;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.Field;
import io.mlopscore.tracking.search.FilterParser;
import io.mlopscore.tracking.search.OrderBy;
import io.mlopscore.tracking.search.PageToken;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.ViewType;
import io.mlopscore.tracking.search.Vocabularies;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
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
    return RunReading.run(handle, id).orElseThrow(() -> notFound(id));
  }

  static RunInfo info(Handle handle, String id) {
    return handle
        .select(COLUMNS + "WHERE run_uuid = ?", id)
        .map((row, _) -> info(row))
        .findOne()
        .orElseThrow(() -> notFound(id));
  }

  private static TrackingException notFound(String id) {
    return new TrackingException(
        ErrorCode.RESOURCE_DOES_NOT_EXIST, "Run with id=" + id + " not found");
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

  static SearchPage<Run> search(
      Handle handle, List<String> experiments, ViewType view, SearchQuery query) {
    var page = found(handle, experiments, view, query);
    return page.with(RunReading.runs(handle, page.items()));
  }

  /// The ids alone.
  static SearchPage<String> found(
      Handle handle, List<String> experiments, ViewType view, SearchQuery query) {
    var searched = Searched.runs();
    var filter = FilterParser.parse(query.filter(), Vocabularies.RUNS);
    var orders = FilterParser.orders(query.orderBy(), Vocabularies.RUNS);
    var scope =
        SqlText.of("r.experiment_id IN ")
            .list(experiments.stream().map(FilterSql::experiment).toList())
            .add(" AND ")
            .add(SqlSearch.lifecycle("r.lifecycle_stage", view));
    return new SqlSearch(searched, scope, filter, sorting(searched, orders))
        .ids(handle, query.maxResults(), PageToken.parse(query.pageToken()));
  }

  private static Sorting sorting(Searched searched, List<OrderBy> orders) {
    var sorting = Sorting.of(searched, orders, Set.of("start_time", "run_id"));
    var byStart = new Field(Field.Kind.ATTRIBUTE, "start_time");
    return orders.stream().anyMatch(order -> order.field().equals(byStart))
        ? sorting.then(SortKey.text("r.run_uuid", true))
        : sorting.then(SortKey.number("r.start_time", false), SortKey.text("r.run_uuid", true));
  }

  static void delete(Handle handle, String id, long now) {
    info(handle, id);
    handle.execute(
        "UPDATE runs SET lifecycle_stage = 'deleted', deleted_time = ? WHERE run_uuid = ?",
        now,
        id);
  }

  static void restore(Handle handle, String id) {
    info(handle, id);
    handle.execute(
        "UPDATE runs SET lifecycle_stage = 'active', deleted_time = NULL WHERE run_uuid = ?", id);
  }

  static void deleteTag(Handle handle, String id, String key) {
    active(handle, id);
    if (handle.execute("DELETE FROM tags WHERE run_uuid = ? AND \"key\" = ?", id, key) == 0) {
      throw new TrackingException(
          ErrorCode.RESOURCE_DOES_NOT_EXIST, "No tag with name: " + key + " in run with id " + id);
    }
  }

  static void logModelInputs(Handle handle, String run, List<String> models) {
    active(handle, run);
    for (var model : models) {
      handle.execute(
          "INSERT INTO inputs (input_uuid, source_type, source_id, destination_type,"
              + " destination_id) VALUES (?, 'RUN_INPUT', ?, 'MODEL_INPUT', ?)"
              + " ON CONFLICT DO NOTHING",
          Ids.fresh(),
          run,
          model);
    }
  }

  static RunInfo info(ResultSet row) throws SQLException {
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
}
