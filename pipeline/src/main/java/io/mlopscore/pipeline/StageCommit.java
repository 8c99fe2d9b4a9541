package io.mlopscore.pipeline;

import io.mlopscore.pipeline.StageState.Change;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Records what is in the workspace now as the result of a stage, or as the content of data.
public final class StageCommit {
  /// Asked before something is recorded that differs from what the lock says.
  public interface Confirmation {
    boolean confirmed(Node node, List<Change> changes);
  }

  private final Pipeline pipeline;
  private final Confirmation confirmation;
  private final ReproListener listener;
  private final boolean force;

  StageCommit(Pipeline pipeline, Confirmation confirmation, ReproListener listener, boolean force) {
    this.pipeline = pipeline;
    this.confirmation = confirmation;
    this.listener = listener;
    this.force = force;
  }

  void run(Node node) throws IOException {
    var changes = pipeline.changes().of(node).stream().filter(StageCommit::counts).toList();
    if (!changes.isEmpty() && !force && !confirmation.confirmed(node, changes)) {
      throw new PipelineException(
          "unable to commit changed stage: '%s'. Use `-f|--force` to force."
              .formatted(pipeline.shown(node)));
    }
    switch (node) {
      case DataSource data -> record(data);
      case PartialImport partial ->
          throw new PipelineException(
              "output '%s' does not exist: it was not downloaded yet; `mlops update %s` does that"
                  .formatted(pipeline.shown(partial.output()), pipeline.shown(node)));
      case Stage stage ->
          new StageRecord(pipeline, ReproOptions.DEFAULT, listener, stage, 0).recordAll();
    }
  }

  /// Content that is only missing from the cache is what a commit is for.
  private static boolean counts(Change change) {
    return switch (change) {
      case Change.OutputChanged(_, var what) -> what != Change.What.NOT_IN_CACHE;
      case Change.AlwaysChanged _ -> false;
      case Change.CommandChanged _,
          Change.DependencyChanged _,
          Change.UrlChanged _,
          Change.UrlOutputChanged _,
          Change.ParameterChanged _,
          Change.UpdateAvailable _,
          Change.ChecksumChanged _ ->
          true;
    };
  }

  private void record(DataSource data) throws IOException {
    var content =
        pipeline
            .workspace()
            .find(data.output().file(), Optional.of(data.recorded()))
            .orElseThrow(
                () ->
                    new PipelineException(
                        "output '%s' does not exist".formatted(pipeline.shown(data.output()))));
    new DataStore(pipeline).track(data, content).ifPresent(listener::changed);
  }
}
