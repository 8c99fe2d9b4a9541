package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.MissingData;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.ReproListener;
import io.mlopscore.pipeline.ReproOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Runs a task in a folder of its own and keeps the result.
///
/// @param pipeline of the workspace, which stays as it is
public record TaskRun(Pipeline pipeline, QueuedTask task) {
  /// How to show what happens in another folder, and where data comes from there.
  public interface Elsewhere {
    ReproListener listener(Pipeline there);

    MissingData missing(Pipeline there);
  }

  /// @throws PipelineException when a stage fails
  public NewExperiments.Made run(ReproOptions options, Elsewhere elsewhere) throws IOException {
    var git = Experiments.git(pipeline);
    ExperimentCommit.requireIdentity(git);
    try (var tree = TemporaryTree.of(pipeline, git, task)) {
      var run = ExperimentRun.of(pipeline, tree.directory(), tree.git(), task.ref());
      var request = new RunRequest(options, List.of(), Optional.empty(), task.message());
      var there = run.pipeline();
      return run.run(request, elsewhere.listener(there), elsewhere.missing(there));
    }
  }
}
