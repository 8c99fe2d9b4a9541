package io.mlopscore.training;

import io.mlopscore.model.ModelFolder;
import io.mlopscore.tracking.Artifacts;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.NewLoggedModel;
import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.RunStatus;
import io.mlopscore.tracking.TrackingStore;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Trains a model as a tracked run: the run knows the parameters, the data, the commit and the
/// command; the model is one of its logged models and a folder on disk.
///
/// @param store where the run is logged
/// @param artifacts where the model goes
/// @param origin who trains, and how
/// @param clock tells the times of the run
public record Training(TrackingStore store, Artifacts artifacts, RunOrigin origin, Clock clock) {
  private static final String MODEL_NAME = "model";

  /// A model on disk and the run it belongs to.
  public record Trained(ModelFolder folder, Run run, Experiment experiment) {}

  /// Trains, writes and logs. If anything fails the run is ended as FAILED, and what was written
  /// before stays as it was.
  ///
  /// @throws TrainingException if the data cannot be learned from
  public Trained run(TrainingJob job) throws IOException {
    var table = Table.of(job.data(), job.params().data().target());
    RowRange.check(job.data(), table, job.ranges());
    var experiment = experiment(job.experiment());
    var run = startRun(experiment, job);
    var finished = false;
    try {
      store.logInputs(id(run), List.of(TableDigest.input(job.data(), table.target(), "training")));
      var learned = TrainedModel.learn(job.params().algorithm(), table);
      var folder = save(learned, table, job, run);
      end(run, RunStatus.FINISHED);
      finished = true;
      return new Trained(folder, store.run(id(run)), experiment);
    } finally {
      if (!finished) {
        end(run, RunStatus.FAILED);
      }
    }
  }

  private Experiment experiment(String name) {
    return store
        .experimentByName(name)
        .orElseGet(() -> store.experiment(store.createExperiment(name, Map.of())));
  }

  private Run startRun(Experiment experiment, TrainingJob job) {
    var start = new NewRun(experiment.id(), "", origin.user(), clock.millis(), origin.tags());
    var run = store.createRun(start);
    store.log(id(run), new RunBatch(List.of(), params(job), Map.of()));
    return run;
  }

  private static Map<String, String> params(TrainingJob job) {
    var params = new LinkedHashMap<>(job.params().algorithm().settings());
    params.put("algorithm", job.params().algorithm().key());
    params.put("test_size", String.valueOf(job.params().data().testSize()));
    params.put("target", job.params().data().target());
    return params;
  }

  private ModelFolder save(TrainedModel learned, Table table, TrainingJob job, Run run)
      throws IOException {
    var logged = store.createLoggedModel(newModel(job, run));
    store.logOutput(id(run), logged.modelId(), 0);
    var status = LoggedModel.Status.UPLOAD_FAILED;
    try {
      var draft = Drafts.of(learned, table, job, id(run), logged.modelId(), clock.instant());
      var folder = draft.write(job.model());
      artifacts.upload(folder.directory(), logged.artifactUri());
      status = LoggedModel.Status.READY;
      Outputs.writeJson(job.metadata(), ModelMetadata.of(folder, table, job, run, logged));
      return folder;
    } finally {
      store.finishLoggedModel(logged.modelId(), status);
    }
  }

  private static NewLoggedModel newModel(TrainingJob job, Run run) {
    return new NewLoggedModel(
        run.info().experimentId(),
        MODEL_NAME,
        job.params().algorithm().modelType(),
        id(run),
        job.params().algorithm().settings(),
        Map.of());
  }

  private void end(Run run, RunStatus status) {
    store.endRun(id(run), status, clock.millis());
  }

  private static String id(Run run) {
    return run.info().runId();
  }
}
