package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.MissingData;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.ReproListener;
import io.mlopscore.pipeline.ReproOptions.Flag;
import io.mlopscore.pipeline.StageResult;
import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.util.List;

/// Runs the stages of one experiment where its files are, and keeps the result.
///
/// @param git at the root of the working tree it runs in
record ExperimentRun(Pipeline pipeline, Git git, ExperimentRef ref) {
  /// A stage failed: there is no experiment.
  static final class Failed extends io.mlopscore.pipeline.PipelineException {
    private static final long serialVersionUID = 1;

    Failed(String message) {
      super(message);
    }
  }

  Experiments.Made run(RunRequest request, ReproListener listener, MissingData missing)
      throws IOException {
    var options = request.options();
    if (!options.has(Flag.DRY)) {
      // What the locks record is where stages start from; what the cache lacks is made anew.
      new DataStore(pipeline).checkout(List.of(), true);
    }
    var results = pipeline.reproduce(options, listener, missing);
    var failure = Experiments.failure(pipeline, results);
    if (failure.isPresent()) {
      throw new Failed(failure.get());
    }
    if (options.has(Flag.DRY)) {
      return new Experiments.Made(ref.name(), "", results, List.of());
    }
    var nodes = results.stream().map(StageResult::node).toList();
    var files = RunFiles.of(pipeline, nodes);
    files.addAll(RunFiles.declared(pipeline));
    var kept =
        new ExperimentCommit(pipeline, git, ref, options.has(Flag.FORCE))
            .keep(nodes, files, List.of(), request.message());
    return new Experiments.Made(ref.name(), kept.commit(), results, kept.untracked());
  }
}
