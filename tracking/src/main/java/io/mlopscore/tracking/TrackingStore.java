package io.mlopscore.tracking;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Experiments, runs and logged models. A database behind it, or a tracking server.
///
/// Every write is durable when its method returns. All methods throw [TrackingException] with
/// MLflow's code and words.
public interface TrackingStore {
  /// @return the id of the new experiment
  String createExperiment(String name, Map<String, String> tags);

  Experiment experiment(String id);

  /// Finds deleted experiments too.
  Optional<Experiment> experimentByName(String name);

  /// All active experiments, newest first.
  List<Experiment> experiments();

  Run createRun(NewRun run);

  Run run(String runId);

  /// Ends a run.
  ///
  /// @param endTime milliseconds since the epoch
  default void endRun(String runId, RunStatus status, long endTime) {
    updateRun(runId, status, endTime);
  }

  /// Changes the state of a run, the time of its end, or both; what is null stays as it is.
  ///
  /// @param endTime milliseconds since the epoch
  void updateRun(String runId, @Nullable RunStatus status, @Nullable Long endTime);

  /// Logs all of the batch or nothing. Logging the same again changes nothing.
  void log(String runId, RunBatch batch);

  void logInputs(String runId, List<DatasetInput> inputs);

  /// Every point of a metric, by timestamp, step and value.
  List<Metric> history(String runId, String metricKey);

  /// The active runs of an experiment, newest first.
  ///
  /// @param maxResults at least 1
  List<Run> runs(String experimentId, int maxResults);

  /// A PENDING logged model whose artifacts may now be uploaded to its URI.
  LoggedModel createLoggedModel(NewLoggedModel model);

  /// Says that a run made a logged model.
  void logOutput(String runId, String modelId, long step);

  /// Says how the upload went.
  LoggedModel finishLoggedModel(String modelId, LoggedModel.Status status);

  LoggedModel loggedModel(String modelId);

  /// Writes tags of a logged model, over earlier values.
  void tagLoggedModel(String modelId, Map<String, String> tags);

  /// The logged models that a run made.
  List<LoggedModel> loggedModels(String runId);

  /// The logged models of an experiment, newest first; also those that no run made.
  List<LoggedModel> loggedModelsOf(String experimentId);
}
