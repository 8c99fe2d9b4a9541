package io.mlopscore.tracking;

import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchParts;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.ViewType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Experiments, runs and logged models. A database behind it, or a tracking server.
///
/// Every write is durable when its method returns. All methods throw [TrackingException] with
/// MLflow's code and words.
public interface TrackingStore {
  /// The largest page that a search gives.
  int MOST_RESULTS = 50_000;

  /// @return the id of the new experiment
  String createExperiment(NewExperiment experiment);

  /// The same, with its artifacts at the usual place.
  default String createExperiment(String name, Map<String, String> tags) {
    return createExperiment(new NewExperiment(name, "", tags));
  }

  Experiment experiment(String id);

  /// Finds deleted experiments too.
  Optional<Experiment> experimentByName(String name);

  /// All active experiments, newest first.
  default List<Experiment> experiments() {
    return SearchPage.all(
        token ->
            searchExperiments(
                ViewType.ACTIVE_ONLY, SearchQuery.first("", MOST_RESULTS).after(token)));
  }

  SearchPage<Experiment> searchExperiments(ViewType view, SearchQuery query);

  void renameExperiment(String id, String name);

  /// Puts an experiment and its runs into the bin.
  void deleteExperiment(String id);

  /// Takes an experiment and all its runs out of the bin.
  void restoreExperiment(String id);

  /// Writes a tag of an experiment, over an earlier value.
  void tagExperiment(String id, String key, String value);

  void deleteExperimentTag(String id, String key);

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

  /// Puts a run into the bin; it may be there already.
  void deleteRun(String runId);

  /// Takes a run out of the bin; it need not be there.
  void restoreRun(String runId);

  void deleteTag(String runId, String key);

  void logInputs(String runId, List<DatasetInput> inputs);

  /// Says that a run read logged models.
  void logModelInputs(String runId, List<String> modelIds);

  /// Every point of a metric, by timestamp, step and value.
  default List<Metric> history(String runId, String metricKey) {
    return SearchPage.all(token -> history(runId, metricKey, 25_000, token));
  }

  /// A part of it.
  ///
  /// @param maxResults at least 1
  /// @param pageToken of the answer before, empty for the first page
  SearchPage<Metric> history(String runId, String metricKey, int maxResults, String pageToken);

  /// Points of a metric in several runs, by run, timestamp, step and value.
  List<RunMetric> histories(List<String> runIds, String metricKey, int maxResults);

  /// Points of a metric, evenly chosen in each run, always with the first and the last; by run as
  /// given, step, timestamp and value.
  ///
  /// @param most points of each run, at least 1
  List<RunMetric> sampledHistories(
      List<String> runIds, String metricKey, StepRange steps, int most);

  /// The active runs of an experiment, newest first.
  ///
  /// @param maxResults at least 1
  default List<Run> runs(String experimentId, int maxResults) {
    return searchRuns(
            List.of(experimentId), ViewType.ACTIVE_ONLY, SearchQuery.first("", maxResults))
        .items();
  }

  /// What goes on in experiments, by their ids; those without an active run are left out. A
  /// database counts without reading the runs.
  default Map<String, ExperimentActivity> activity(Collection<String> experimentIds) {
    var activity = new HashMap<String, ExperimentActivity>();
    for (var run : SearchPage.all(token -> activeRuns(experimentIds, token))) {
      activity.merge(
          run.info().experimentId(), ExperimentActivity.of(run.info()), ExperimentActivity::and);
    }
    return activity;
  }

  private SearchPage<Run> activeRuns(Collection<String> experimentIds, String token) {
    return searchRuns(
        List.copyOf(experimentIds), ViewType.ACTIVE_ONLY, SearchQuery.first("", 1000).after(token));
  }

  /// Runs of experiments, usually the newest first.
  SearchPage<Run> searchRuns(List<String> experimentIds, ViewType view, SearchQuery query);

  /// The same, read a part at a time.
  default SearchParts<Run> searchRunsInParts(
      List<String> experimentIds, ViewType view, SearchQuery query) {
    return SearchParts.of(searchRuns(experimentIds, view, query));
  }

  /// The data sets that runs of experiments read, at most 1000.
  List<DatasetSummary> datasets(List<String> experimentIds);

  /// A PENDING logged model whose artifacts may now be uploaded to its URI.
  LoggedModel createLoggedModel(NewLoggedModel model);

  /// Says that a run made a logged model.
  void logOutput(String runId, String modelId, long step);

  /// Says how the upload went.
  LoggedModel finishLoggedModel(String modelId, LoggedModel.Status status);

  LoggedModel loggedModel(String modelId);

  /// Writes tags of a logged model, over earlier values.
  void tagLoggedModel(String modelId, Map<String, String> tags);

  void deleteLoggedModelTag(String modelId, String key);

  /// Adds params to a logged model.
  void logModelParams(String modelId, Map<String, String> params);

  /// Puts a logged model into the bin.
  void deleteLoggedModel(String modelId);

  /// Logged models of experiments, usually the newest first; also those that no run made.
  SearchPage<LoggedModel> searchLoggedModels(LoggedModelQuery query);

  /// The same, read a part at a time.
  default SearchParts<LoggedModel> searchLoggedModelsInParts(LoggedModelQuery query) {
    return SearchParts.of(searchLoggedModels(query));
  }

  /// The logged models that a run made.
  default List<LoggedModel> loggedModels(String runId) {
    return loggedModelsOf(run(runId).info().experimentId(), "source_run_id = '" + runId + "'");
  }

  /// The logged models of an experiment, newest first; also those that no run made.
  default List<LoggedModel> loggedModelsOf(String experimentId) {
    return loggedModelsOf(experimentId, "");
  }

  private List<LoggedModel> loggedModelsOf(String experimentId, String filter) {
    var query = LoggedModelQuery.first(experimentId, filter, 100);
    return SearchPage.all(token -> searchLoggedModels(query.after(token)));
  }
}
