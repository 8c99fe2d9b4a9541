package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.MissingData;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.ReproListener;
import io.mlopscore.pipeline.ReproOptions.Flag;
import io.mlopscore.pipeline.StageResult;
import io.mlopscore.pipeline.StageResult.Outcome;
import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs the stages of one experiment where its files are, and keeps the result.
///
/// @param git at the root of the working tree it runs in
record ExperimentRun(Pipeline pipeline, Git git, ExperimentRef ref) {
  /// A stage failed: there is no experiment.
  static final class Failed extends PipelineException {
    private static final long serialVersionUID = 1;

    Failed(String message) {
      super(message);
    }
  }

  /// @param directory where its files are: the workspace, or a copy of it
  static ExperimentRun of(Pipeline workspace, Path directory, Git git, ExperimentRef ref)
      throws IOException {
    return new ExperimentRun(workspace.reopened(directory, variables(workspace, ref)), git, ref);
  }

  /// What the commands of stages see of the experiment they are part of.
  private static Map<String, String> variables(Pipeline pipeline, ExperimentRef ref) {
    return Map.of(
        "DVC_EXP_BASELINE_REV", ref.baseline(),
        "DVC_EXP_NAME", ref.name(),
        "DVC_ROOT", pipeline.repository().root().toString());
  }

  NewExperiments.Made run(RunRequest request, ReproListener listener, MissingData missing)
      throws IOException {
    var options = request.options();
    if (!options.has(Flag.DRY)) {
      // What the locks record is where stages start from; what the cache lacks is made anew.
      new DataStore(pipeline).checkout(List.of(), true);
    }
    var results = pipeline.reproduce(options, listener, missing);
    var failure = failure(results);
    if (failure.isPresent()) {
      throw new Failed(failure.get());
    }
    if (options.has(Flag.DRY)) {
      return new NewExperiments.Made(ref.name(), "", results, List.of());
    }
    var nodes = results.stream().map(StageResult::node).toList();
    var files = RunFiles.of(pipeline, nodes);
    files.addAll(RunFiles.declared(pipeline));
    var kept =
        new ExperimentCommit(pipeline, git, ref, options.has(Flag.FORCE))
            .keep(nodes, files, List.of(), request.message());
    return new NewExperiments.Made(ref.name(), kept.commit(), results, kept.untracked());
  }

  /// Whether a stage failed, which leaves no experiment.
  private Optional<String> failure(List<StageResult> results) {
    for (var result : results) {
      if (result.outcome() instanceof Outcome.Failed(var message)) {
        return Optional.of(
            "failed to reproduce '%s': %s".formatted(pipeline.shown(result.node()), message));
      }
    }
    return Optional.empty();
  }
}
