package io.mlopscore.tracking.events;

import io.mlopscore.tracking.DatasetInput;
import io.mlopscore.tracking.DatasetSummary;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.ExperimentActivity;
import io.mlopscore.tracking.LifecycleStage;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.LoggedModelQuery;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.NewExperiment;
import io.mlopscore.tracking.NewLoggedModel;
import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.RunMetric;
import io.mlopscore.tracking.RunStatus;
import io.mlopscore.tracking.StepRange;
import io.mlopscore.tracking.TrackingStore;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchParts;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.ViewType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A store that tells what changed in it, after each write.
///
/// @param changes must return at once: the caller of the write waits for it
public record WatchedStore(TrackingStore store, Consumer<? super RunChange> changes)
    implements TrackingStore {
  @Override
  public String createExperiment(NewExperiment experiment) {
    return store.createExperiment(experiment);
  }

  @Override
  public Experiment experiment(String id) {
    return store.experiment(id);
  }

  @Override
  public Optional<Experiment> experimentByName(String name) {
    return store.experimentByName(name);
  }

  @Override
  public SearchPage<Experiment> searchExperiments(ViewType view, SearchQuery query) {
    return store.searchExperiments(view, query);
  }

  @Override
  public void renameExperiment(String id, String name) {
    store.renameExperiment(id, name);
  }

  @Override
  public void deleteExperiment(String id) {
    store.deleteExperiment(id);
  }

  @Override
  public void restoreExperiment(String id) {
    store.restoreExperiment(id);
  }

  @Override
  public void tagExperiment(String id, String key, String value) {
    store.tagExperiment(id, key, value);
  }

  @Override
  public void deleteExperimentTag(String id, String key) {
    store.deleteExperimentTag(id, key);
  }

  @Override
  public Run createRun(NewRun run) {
    var created = store.createRun(run);
    changes.accept(new RunChange.Created(created.info()));
    return created;
  }

  @Override
  public Run run(String runId) {
    return store.run(runId);
  }

  @Override
  public void endRun(String runId, RunStatus status, long endTime) {
    store.endRun(runId, status, endTime);
    changes.accept(new RunChange.Updated(runId, status, endTime));
  }

  @Override
  public void updateRun(String runId, @Nullable RunStatus status, @Nullable Long endTime) {
    store.updateRun(runId, status, endTime);
    changes.accept(new RunChange.Updated(runId, status, endTime));
  }

  @Override
  public void log(String runId, RunBatch batch) {
    store.log(runId, batch);
    if (!batch.metrics().isEmpty()) {
      changes.accept(new RunChange.MetricsLogged(runId, batch.metrics()));
    }
    if (!batch.params().isEmpty()) {
      changes.accept(new RunChange.ParamsLogged(runId, sorted(batch.params())));
    }
    if (!batch.tags().isEmpty()) {
      changes.accept(new RunChange.TagsChanged(runId, sorted(batch.tags())));
    }
  }

  private static List<String> sorted(Map<String, String> pairs) {
    return pairs.keySet().stream().sorted().toList();
  }

  @Override
  public void logInputs(String runId, List<DatasetInput> inputs) {
    store.logInputs(runId, inputs);
    changes.accept(new RunChange.InputsLogged(runId));
  }

  @Override
  public void logModelInputs(String runId, List<String> modelIds) {
    store.logModelInputs(runId, modelIds);
    changes.accept(new RunChange.InputsLogged(runId));
  }

  @Override
  public void deleteRun(String runId) {
    store.deleteRun(runId);
    changes.accept(new RunChange.Moved(runId, LifecycleStage.DELETED));
  }

  @Override
  public void restoreRun(String runId) {
    store.restoreRun(runId);
    changes.accept(new RunChange.Moved(runId, LifecycleStage.ACTIVE));
  }

  @Override
  public void deleteTag(String runId, String key) {
    store.deleteTag(runId, key);
    changes.accept(new RunChange.TagsChanged(runId, List.of(key)));
  }

  @Override
  public SearchPage<Metric> history(
      String runId, String metricKey, int maxResults, String pageToken) {
    return store.history(runId, metricKey, maxResults, pageToken);
  }

  @Override
  public List<RunMetric> histories(List<String> runIds, String metricKey, int maxResults) {
    return store.histories(runIds, metricKey, maxResults);
  }

  @Override
  public List<RunMetric> sampledHistories(
      List<String> runIds, String metricKey, StepRange steps, int most) {
    return store.sampledHistories(runIds, metricKey, steps, most);
  }

  @Override
  public Map<String, ExperimentActivity> activity(Collection<String> experimentIds) {
    return store.activity(experimentIds);
  }

  @Override
  public SearchPage<Run> searchRuns(List<String> experimentIds, ViewType view, SearchQuery query) {
    return store.searchRuns(experimentIds, view, query);
  }

  @Override
  public SearchParts<Run> searchRunsInParts(
      List<String> experimentIds, ViewType view, SearchQuery query) {
    return store.searchRunsInParts(experimentIds, view, query);
  }

  @Override
  public SearchParts<LoggedModel> searchLoggedModelsInParts(LoggedModelQuery query) {
    return store.searchLoggedModelsInParts(query);
  }

  @Override
  public List<DatasetSummary> datasets(List<String> experimentIds) {
    return store.datasets(experimentIds);
  }

  @Override
  public LoggedModel createLoggedModel(NewLoggedModel model) {
    return store.createLoggedModel(model);
  }

  @Override
  public void logOutput(String runId, String modelId, long step) {
    store.logOutput(runId, modelId, step);
    changes.accept(new RunChange.OutputLogged(runId, modelId));
  }

  @Override
  public LoggedModel finishLoggedModel(String modelId, LoggedModel.Status status) {
    return store.finishLoggedModel(modelId, status);
  }

  @Override
  public LoggedModel loggedModel(String modelId) {
    return store.loggedModel(modelId);
  }

  @Override
  public void tagLoggedModel(String modelId, Map<String, String> tags) {
    store.tagLoggedModel(modelId, tags);
  }

  @Override
  public void deleteLoggedModelTag(String modelId, String key) {
    store.deleteLoggedModelTag(modelId, key);
  }

  @Override
  public void logModelParams(String modelId, Map<String, String> params) {
    store.logModelParams(modelId, params);
  }

  @Override
  public void deleteLoggedModel(String modelId) {
    store.deleteLoggedModel(modelId);
  }

  @Override
  public SearchPage<LoggedModel> searchLoggedModels(LoggedModelQuery query) {
    return store.searchLoggedModels(query);
  }
}
