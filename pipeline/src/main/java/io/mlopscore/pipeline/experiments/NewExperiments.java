package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.MissingData;
import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.ReproListener;
import io.mlopscore.pipeline.ReproOptions.Flag;
import io.mlopscore.pipeline.Stage;
import io.mlopscore.pipeline.StageResult;
import io.mlopscore.pipeline.StageSelection;
import io.mlopscore.pipeline.StageSelection.Scope;
import io.mlopscore.pipeline.WholeFile;
import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes experiments of HEAD: by running stages, or of what the workspace holds.
public final class NewExperiments {
  /// An experiment that was made.
  ///
  /// @param results of its stages, in the order they ran
  /// @param untracked files that are not part of it, since git does not know them
  public record Made(
      String name, String commit, List<StageResult> results, List<String> untracked) {
    public Made {
      results = List.copyOf(results);
      untracked = List.copyOf(untracked);
    }
  }

  private final Pipeline pipeline;
  private final Git git;
  private final ExperimentRefs refs;
  private final ExperimentFolder folder;
  private final RandomGenerator random;

  /// @param random makes the names of experiments that are given none
  /// @throws PipelineException outside of git
  public NewExperiments(Pipeline pipeline, RandomGenerator random) {
    this.pipeline = pipeline;
    this.git = Experiments.git(pipeline);
    this.refs = new ExperimentRefs(git);
    this.folder = ExperimentFolder.of(pipeline);
    this.random = random;
  }

  /// Runs the stages in the workspace and keeps the result. What a stage wrote stays in the
  /// workspace, whether it succeeds or fails.
  ///
  /// @param missing fetches data that the options ask for
  /// @throws PipelineException when a stage fails, or another experiment runs in the workspace
  public Made run(RunRequest request, ReproListener listener, MissingData missing)
      throws IOException {
    var overrides = request.parsed();
    var ref = newRef(request.name(), request.options().has(Flag.FORCE));
    if (request.options().has(Flag.DRY) && !overrides.isEmpty()) {
      throw new PipelineException("--dry changes nothing, so it does not go with -S");
    }
    try (var _ = folder.workspace()) {
      ExperimentCommit.requireIdentity(git);
      for (var text : ParamsEdit.texts(pipeline.directory(), overrides).entrySet()) {
        Files.createDirectories(text.getKey().getParent());
        WholeFile.write(text.getKey(), text.getValue());
      }
      var run = ExperimentRun.of(pipeline, pipeline.directory(), git, ref);
      return run.run(request, listener, missing);
    }
  }

  /// What is to be run elsewhere, with the files of the workspace as they are now: that of a
  /// request, or one for each combination of the values of its sweeps. The workspace stays as it
  /// is.
  ///
  /// @param arguments what to run, as the command line has it
  /// @param copied files to take along that git does not know
  public List<QueuedTask> tasks(
      RunRequest request, List<String> arguments, List<String> copied, Clock clock)
      throws IOException {
    ExperimentCommit.requireIdentity(git);
    var head = refs.baseline();
    var all = Overrides.combinations(request.all());
    var tasks = new ArrayList<QueuedTask>();
    for (int i = 0; i < all.size(); i++) {
      int number = i + 1;
      var name = request.name().map(given -> all.size() > 1 ? given + "-" + number : given);
      var ref = newRef(name, request.options().has(Flag.FORCE));
      var message = "dvc-exp:%s:%s:%s".formatted(head, head, ref.name());
      var stash = new ExperimentStash(pipeline, git).of(head, all.get(i), message);
      tasks.add(
          new QueuedTask(
              stash,
              ref.name(),
              head,
              head,
              clock.instant(),
              arguments,
              copied,
              request.message()));
    }
    return tasks;
  }

  /// Records what the workspace holds as the results of stages, and keeps it; nothing runs.
  ///
  /// @param targets stages and `*.dvc` files to record; empty for all
  /// @param included files to keep that git does not know
  public Made save(
      List<String> targets,
      Optional<String> name,
      boolean force,
      List<Path> included,
      Optional<String> message)
      throws IOException {
    var ref = newRef(name, force);
    ExperimentCommit.requireIdentity(git);
    try (var _ = folder.workspace()) {
      pipeline.commit(
          new StageSelection(targets, Scope.SINGLE, false, false),
          false,
          true,
          (_, _) -> true,
          new ReproListener() {});
      var nodes = nodes(targets);
      var forced = new ArrayList<>(included);
      forced.addAll(RunFiles.declared(pipeline));
      for (var node : nodes) {
        if (node instanceof Stage stage) {
          forced.add(stage.lockFile());
        }
      }
      var commit = new ExperimentCommit(pipeline, git, ref, force);
      var kept = commit.keep(nodes, List.of(), forced, message);
      return new Made(ref.name(), kept.commit(), List.of(), kept.untracked());
    }
  }

  private List<Node> nodes(List<String> targets) throws IOException {
    var nodes = pipeline.nodes();
    return targets.isEmpty()
        ? nodes
        : targets.stream()
            .flatMap(target -> pipeline.targets(nodes).named(target).stream())
            .toList();
  }

  /// A ref for a new experiment of HEAD.
  ///
  /// @param force whether the name may be taken
  private ExperimentRef newRef(Optional<String> name, boolean force) throws IOException {
    var baseline = refs.baseline();
    if (name.isEmpty()) {
      return new ExperimentRef(baseline, ExperimentName.random(refs, baseline, random));
    }
    ExperimentName.check(git, name.get());
    var ref = new ExperimentRef(baseline, name.get());
    if (!force && refs.commit(ref).isPresent()) {
      throw ExperimentCommit.taken(name.get());
    }
    return ref;
  }
}
