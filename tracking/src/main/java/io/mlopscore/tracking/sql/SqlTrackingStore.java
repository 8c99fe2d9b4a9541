package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.DatasetInput;
import io.mlopscore.tracking.DatasetSummary;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.ExperimentActivity;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.LoggedModelQuery;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.NewExperiment;
import io.mlopscore.tracking.NewLoggedModel;
import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.RunMetric;
import io.mlopscore.tracking.RunNames;
import io.mlopscore.tracking.RunStatus;
import io.mlopscore.tracking.StepRange;
import io.mlopscore.tracking.TrackingStore;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchParts;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.ViewType;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tracking store in a database; each write is one transaction.
public final class SqlTrackingStore implements TrackingStore {
  private static final FoundParts.Kind<Run> RUNS =
      new FoundParts.Kind<>(RunReading::runs, TextSize::of);
  private static final FoundParts.Kind<LoggedModel> MODELS =
      new FoundParts.Kind<>(LoggedModelReading::models, TextSize::of);

  private final Database database;
  private final SqlExperiments experiments;
  private final SqlRuns runs;
  private final SqlLoggedModels models;
  private final RunLogRules rules;
  private final Clock clock;

  /// @param artifactRoot where new experiments keep their artifacts, such as `mlflow-artifacts:/`
  /// @param env for `MLFLOW_TRUNCATE_LONG_VALUES`
  public SqlTrackingStore(
      Database database,
      String artifactRoot,
      RunNames names,
      Clock clock,
      Map<String, String> env) {
    this.database = database;
    this.clock = clock;
    this.experiments = new SqlExperiments(artifactRoot, clock);
    this.runs = new SqlRuns(names);
    this.models = new SqlLoggedModels(names, clock);
    this.rules = RunLogRules.of(env);
  }

  @Override
  public String createExperiment(NewExperiment experiment) {
    return database.write(handle -> experiments.create(handle, experiment));
  }

  @Override
  public Experiment experiment(String id) {
    return database.query(handle -> SqlExperiments.get(handle, id));
  }

  @Override
  public Optional<Experiment> experimentByName(String name) {
    return database.query(handle -> SqlExperiments.find(handle, name));
  }

  @Override
  public SearchPage<Experiment> searchExperiments(ViewType view, SearchQuery query) {
    return database.query(handle -> SqlExperiments.search(handle, view, query));
  }

  @Override
  public void renameExperiment(String id, String name) {
    database.change(
        handle -> {
          experiments.rename(handle, id, name);
        });
  }

  @Override
  public void deleteExperiment(String id) {
    database.change(
        handle -> {
          experiments.delete(handle, id);
        });
  }

  @Override
  public void restoreExperiment(String id) {
    database.change(
        handle -> {
          experiments.restore(handle, id);
        });
  }

  @Override
  public void tagExperiment(String id, String key, String value) {
    database.change(
        handle -> {
          SqlExperiments.active(handle, id);
          SqlExperiments.tag(handle, id, key, value);
        });
  }

  @Override
  public void deleteExperimentTag(String id, String key) {
    database.change(
        handle -> {
          SqlExperiments.deleteTag(handle, id, key);
        });
  }

  @Override
  public Run createRun(NewRun run) {
    return database.write(handle -> runs.create(handle, run));
  }

  @Override
  public Run run(String runId) {
    return database.query(handle -> SqlRuns.get(handle, runId));
  }

  @Override
  public void updateRun(String runId, @Nullable RunStatus status, @Nullable Long endTime) {
    database.change(
        handle -> {
          SqlRuns.update(handle, runId, status, endTime);
        });
  }

  @Override
  public void log(String runId, RunBatch batch) {
    database.log(new RunEntry(runId, rules.kept(batch)));
  }

  @Override
  public void logInputs(String runId, List<DatasetInput> inputs) {
    database.change(
        handle -> {
          SqlDatasets.log(handle, runId, inputs);
        });
  }

  @Override
  public void logModelInputs(String runId, List<String> modelIds) {
    database.change(
        handle -> {
          SqlRuns.logModelInputs(handle, runId, modelIds);
        });
  }

  @Override
  public void deleteRun(String runId) {
    database.change(
        handle -> {
          SqlRuns.delete(handle, runId, clock.millis());
        });
  }

  @Override
  public void restoreRun(String runId) {
    database.change(
        handle -> {
          SqlRuns.restore(handle, runId);
        });
  }

  @Override
  public void deleteTag(String runId, String key) {
    database.change(
        handle -> {
          SqlRuns.deleteTag(handle, runId, key);
        });
  }

  @Override
  public SearchPage<Metric> history(
      String runId, String metricKey, int maxResults, String pageToken) {
    return database.scan(
        handle -> MetricReading.page(handle, runId, metricKey, maxResults, pageToken));
  }

  @Override
  public List<RunMetric> histories(List<String> runIds, String metricKey, int maxResults) {
    return database.scan(handle -> MetricReading.histories(handle, runIds, metricKey, maxResults));
  }

  @Override
  public List<RunMetric> sampledHistories(
      List<String> runIds, String metricKey, StepRange steps, int most) {
    return database.scan(
        handle ->
            runIds.stream()
                .flatMap(run -> MetricReading.sampled(handle, run, metricKey, steps, most).stream())
                .toList());
  }

  @Override
  public Map<String, ExperimentActivity> activity(Collection<String> experimentIds) {
    return database.scan(handle -> SqlExperiments.activity(handle, experimentIds));
  }

  @Override
  public SearchPage<Run> searchRuns(List<String> experimentIds, ViewType view, SearchQuery query) {
    return database.scan(handle -> SqlRuns.search(handle, experimentIds, view, query));
  }

  @Override
  public SearchParts<Run> searchRunsInParts(
      List<String> experimentIds, ViewType view, SearchQuery query) {
    return FoundParts.of(
        database, RUNS, handle -> SqlRuns.found(handle, experimentIds, view, query));
  }

  @Override
  public List<DatasetSummary> datasets(List<String> experimentIds) {
    return database.scan(handle -> SqlExperiments.datasets(handle, experimentIds));
  }

  @Override
  public LoggedModel createLoggedModel(NewLoggedModel model) {
    return database.write(handle -> models.create(handle, model));
  }

  @Override
  public void logOutput(String runId, String modelId, long step) {
    database.change(
        handle -> {
          SqlLoggedModels.output(handle, runId, modelId, step);
        });
  }

  @Override
  public LoggedModel finishLoggedModel(String modelId, LoggedModel.Status status) {
    return database.write(handle -> models.finish(handle, modelId, status));
  }

  @Override
  public LoggedModel loggedModel(String modelId) {
    return database.read(handle -> SqlLoggedModels.get(handle, modelId));
  }

  @Override
  public void tagLoggedModel(String modelId, Map<String, String> tags) {
    database.change(
        handle -> {
          var experiment =
              SqlExperiments.number(SqlLoggedModels.get(handle, modelId).experimentId());
          tags.forEach(
              (key, value) -> SqlLoggedModels.tag(handle, modelId, experiment, key, value));
        });
  }

  @Override
  public void deleteLoggedModelTag(String modelId, String key) {
    database.change(
        handle -> {
          SqlLoggedModels.deleteTag(handle, modelId, key);
        });
  }

  @Override
  public void logModelParams(String modelId, Map<String, String> params) {
    database.change(
        handle -> {
          SqlLoggedModels.params(handle, modelId, params);
        });
  }

  @Override
  public void deleteLoggedModel(String modelId) {
    database.change(
        handle -> {
          models.delete(handle, modelId);
        });
  }

  @Override
  public SearchPage<LoggedModel> searchLoggedModels(LoggedModelQuery query) {
    return database.scan(handle -> LoggedModelSearch.page(handle, query));
  }

  @Override
  public SearchParts<LoggedModel> searchLoggedModelsInParts(LoggedModelQuery query) {
    return FoundParts.of(database, MODELS, handle -> LoggedModelSearch.found(handle, query));
  }
}
