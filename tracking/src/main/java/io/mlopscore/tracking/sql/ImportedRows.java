package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.Dataset;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.LifecycleStage;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.RunInfo;
import io.mlopscore.tracking.RunMetric;
import io.mlopscore.tracking.files.LinkFolder;
import io.mlopscore.tracking.files.MetricFile;
import io.mlopscore.tracking.traces.TraceInfo;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of experiments, runs and logged models that come from elsewhere with ids and times of
/// their own.
final class ImportedRows {
  private static final int BATCH = 1000;

  private final Handle handle;
  private final long largestId;

  /// @param largestId the largest number that the column of experiment ids can hold
  ImportedRows(Handle handle, long largestId) {
    this.handle = handle;
    this.largestId = largestId;
  }

  /// @return its id here: its own, unless that is taken or does not fit the column
  long experiment(Experiment experiment) {
    var id = idFor(experiment.id());
    handle.execute(
        "INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage,"
            + " creation_time, last_update_time) VALUES (?, ?, ?, ?, ?, ?)",
        id,
        experiment.name(),
        experiment.artifactLocation(),
        word(experiment.lifecycleStage()),
        experiment.creationTime(),
        experiment.lastUpdateTime());
    return id;
  }

  /// Adds tags that an experiment does not have yet.
  void experimentTags(long experiment, Map<String, String> tags) {
    tags.forEach(
        (key, value) ->
            handle.execute(
                "INSERT INTO experiment_tags (\"key\", value, experiment_id) VALUES (?, ?, ?)"
                    + " ON CONFLICT DO NOTHING",
                key,
                value,
                experiment));
  }

  private long idFor(String wanted) {
    var id = SqlExperiments.number(wanted);
    var taken =
        handle
            .select("SELECT COUNT(*) FROM experiments WHERE experiment_id = ?", id)
            .mapTo(Integer.class)
            .one();
    return taken == 0 && id <= largestId ? id : next();
  }

  private long next() {
    return handle
        .select("SELECT COALESCE(MAX(experiment_id), 0) + 1 FROM experiments")
        .mapTo(Long.class)
        .one();
  }

  void run(long experiment, RunInfo run, @Nullable Long deletedTime) {
    handle.execute(
        "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id,"
            + " status, start_time, end_time, deleted_time, source_version, lifecycle_stage,"
            + " artifact_uri, experiment_id)"
            + " VALUES (?, ?, 'UNKNOWN', '', '', ?, ?, ?, ?, ?, '', ?, ?, ?)",
        run.runId(),
        run.runName(),
        run.userId(),
        run.status().name(),
        run.startTime(),
        run.endTime(),
        deletedTime,
        word(run.lifecycleStage()),
        run.artifactUri(),
        experiment);
  }

  private static String word(LifecycleStage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  /// @param table `params` or `tags`
  void pairs(String table, String run, Map<String, String> pairs) {
    pairs.forEach(
        (key, value) ->
            handle.execute(
                "INSERT INTO " + table + " (\"key\", value, run_uuid) VALUES (?, ?, ?)",
                key,
                value,
                run));
  }

  /// @return how many points there were
  long points(String run, MetricFile metric) {
    var count = new AtomicLong();
    metric.read(
        BATCH,
        points -> {
          var batch = new RunBatch(points, Map.of(), Map.of());
          SqlMetrics.write(handle, List.of(new RunEntry(run, batch)), Map.of());
          count.addAndGet(points.size());
        });
    return count.get();
  }

  /// @return the id of the data set here
  String dataset(long experiment, Dataset dataset) {
    return SqlDatasets.dataset(handle, experiment, dataset);
  }

  void link(String run, LinkFolder link, Map<String, String> datasets) {
    switch (link.kind()) {
      case "DATASET" -> {
        var dataset = datasets.get(link.target());
        if (dataset != null) {
          SqlDatasets.link(handle, run, dataset, link.tags());
        }
      }
      case "MODEL_OUTPUT" -> model("RUN_OUTPUT", run, link);
      case "MODEL_INPUT" -> model("RUN_INPUT", run, link);
      default -> {
        // nothing that a database has a place for
      }
    }
  }

  private void model(String source, String run, LinkFolder link) {
    handle.execute(
        "INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id,"
            + " step) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        Ids.fresh(),
        source,
        run,
        link.kind(),
        link.target(),
        link.step());
  }

  /// @return whether it is new here
  boolean loggedModel(long experiment, LoggedModel model, LifecycleStage stage) {
    var added =
        handle.execute(
            "INSERT INTO logged_models (model_id, experiment_id, name, artifact_location,"
                + " creation_timestamp_ms, last_updated_timestamp_ms, status, lifecycle_stage,"
                + " model_type, source_run_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING",
            model.modelId(),
            experiment,
            model.name(),
            model.artifactUri(),
            model.creationTime(),
            model.lastUpdatedTime(),
            SqlLoggedModels.code(model.status()),
            word(stage),
            model.modelType(),
            model.sourceRunId());
    if (added == 1) {
      model.params().forEach((key, value) -> modelParam(experiment, model.modelId(), key, value));
      model
          .tags()
          .forEach(
              (key, value) -> SqlLoggedModels.tag(handle, model.modelId(), experiment, key, value));
    }
    return added == 1;
  }

  /// What was measured of logged models; points of runs that are gone go with them.
  ///
  /// @param experiments of the runs here, by the ids of these
  void modelPoints(List<RunMetric> points, Map<String, Long> experiments) {
    var entries =
        points.stream()
            .filter(point -> experiments.containsKey(point.runId()))
            .map(ImportedRows::entry)
            .toList();
    SqlMetrics.write(handle, entries, experiments);
  }

  private static RunEntry entry(RunMetric point) {
    return new RunEntry(point.runId(), new RunBatch(List.of(point.metric()), Map.of(), Map.of()));
  }

  /// @return whether it is new here, and the database has a place for it
  boolean trace(TraceInfo trace) {
    var layout = Layout.of(handle);
    if (!layout.has("trace_info") || !SqlTraceInfos.bring(handle, trace)) {
      return false;
    }
    if (layout.has("assessments")) {
      var traced = Instant.ofEpochMilli(trace.requestTime());
      trace.assessments().forEach(each -> SqlAssessments.bring(handle, each, traced));
    }
    return true;
  }

  private void modelParam(long experiment, String model, String key, String value) {
    handle.execute(
        "INSERT INTO logged_model_params (model_id, experiment_id, param_key, param_value)"
            + " VALUES (?, ?, ?, ?)",
        model,
        experiment,
        key,
        value);
  }
}
