package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.DatasetInput;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.NewLoggedModel;
import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.RunNames;
import io.mlopscore.tracking.RunStatus;
import io.mlopscore.tracking.TrackingStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tracking store in a database; each write is one transaction.
public final class SqlTrackingStore implements TrackingStore {
  private final Database database;
  private final SqlExperiments experiments;
  private final SqlRuns runs;
  private final SqlLoggedModels models;
  private final RunLogRules rules;

  /// @param artifactRoot where new experiments keep their artifacts, such as `mlflow-artifacts:/`
  /// @param env for `MLFLOW_TRUNCATE_LONG_VALUES`
  public SqlTrackingStore(
      Database database,
      String artifactRoot,
      RunNames names,
      Clock clock,
      Map<String, String> env) {
    this.database = database;
    this.experiments = new SqlExperiments(artifactRoot, clock);
    this.runs = new SqlRuns(names);
    this.models = new SqlLoggedModels(names, clock);
    this.rules = RunLogRules.of(env);
  }

  @Override
  public String createExperiment(String name, Map<String, String> tags) {
    return database.write(handle -> experiments.create(handle, name, tags));
  }

  @Override
  public Experiment experiment(String id) {
    return database.read(handle -> SqlExperiments.get(handle, id));
  }

  @Override
  public Optional<Experiment> experimentByName(String name) {
    return database.read(handle -> SqlExperiments.find(handle, name));
  }

  @Override
  public List<Experiment> experiments() {
    return database.read(SqlExperiments::all);
  }

  @Override
  public Run createRun(NewRun run) {
    return database.write(handle -> runs.create(handle, run));
  }

  @Override
  public Run run(String runId) {
    return database.read(handle -> SqlRuns.get(handle, runId));
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
  public List<Metric> history(String runId, String metricKey) {
    return database.read(handle -> SqlRuns.history(handle, runId, metricKey));
  }

  @Override
  public List<Run> runs(String experimentId, int maxResults) {
    return database.read(handle -> SqlRuns.ofExperiment(handle, experimentId, maxResults));
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
  public List<LoggedModel> loggedModels(String runId) {
    return database.read(handle -> SqlLoggedModels.ofRun(handle, runId));
  }

  @Override
  public List<LoggedModel> loggedModelsOf(String experimentId) {
    return database.read(handle -> SqlLoggedModels.ofExperiment(handle, experimentId));
  }
}
