package io.mlopscore.tracking.events;

import io.mlopscore.tracking.DatasetInput;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.NewLoggedModel;
import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.RunStatus;
import io.mlopscore.tracking.TrackingStore;
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
  public String createExperiment(String name, Map<String, String> tags) {
    return store.createExperiment(name, tags);
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
  public List<Experiment> experiments() {
    return store.experiments();
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
  public List<Metric> history(String runId, String metricKey) {
    return store.history(runId, metricKey);
  }

  @Override
  public List<Run> runs(String experimentId, int maxResults) {
    return store.runs(experimentId, maxResults);
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
  public List<LoggedModel> loggedModels(String runId) {
    return store.loggedModels(runId);
  }

  @Override
  public List<LoggedModel> loggedModelsOf(String experimentId) {
    return store.loggedModelsOf(experimentId);
  }
}
