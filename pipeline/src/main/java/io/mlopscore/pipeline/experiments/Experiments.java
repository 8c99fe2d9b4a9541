package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.MissingData;
import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.RepositoryLock;
import io.mlopscore.pipeline.ReproListener;
import io.mlopscore.pipeline.ReproOptions;
import io.mlopscore.pipeline.ReproOptions.Flag;
import io.mlopscore.pipeline.Stage;
import io.mlopscore.pipeline.StageResult;
import io.mlopscore.pipeline.StageResult.Outcome;
import io.mlopscore.pipeline.StageSelection;
import io.mlopscore.pipeline.StageSelection.Scope;
import io.mlopscore.pipeline.WholeFile;
import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The experiments of a repository: making, finding, and removing them.
public final class Experiments {
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
  private final RandomGenerator random;

  /// @throws PipelineException outside of git
  public Experiments(Pipeline pipeline, RandomGenerator random) {
    this.pipeline = pipeline;
    this.git = git(pipeline);
    this.refs = new ExperimentRefs(git);
    this.random = random;
  }

  static Git git(Pipeline pipeline) {
    return new Git(
        pipeline
            .repository()
            .git()
            .orElseThrow(
                () ->
                    new PipelineException(
                        "experiments are commits, and there is no git repository here; `git init` makes one")));
  }

  /// Where files of ours are that can be lost.
  static Path folder(Pipeline pipeline) {
    return pipeline.repository().own().resolve("experiments");
  }

  /// The commit that new experiments vary.
  ///
  /// @throws PipelineException before the first commit
  String baseline() throws IOException {
    return git.find("HEAD")
        .orElseThrow(
            () ->
                new PipelineException(
                    "Empty git repo: an experiment varies a commit, and there is none yet; `git commit` makes the first"));
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
    try (var _ = workspace()) {
      requireIdentity();
      for (var text : ParamsEdit.texts(pipeline.directory(), overrides).entrySet()) {
        Files.createDirectories(text.getKey().getParent());
        WholeFile.write(text.getKey(), text.getValue());
      }
      var own = pipeline.reopened(pipeline.directory(), variables(pipeline, ref));
      return new ExperimentRun(own, git, ref).run(request, listener, missing);
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
    requireIdentity();
    var head = baseline();
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

  /// How to show what happens in another folder, and where data comes from there.
  public interface Elsewhere {
    ReproListener listener(Pipeline there);

    MissingData missing(Pipeline there);
  }

  /// Runs a task in a folder of its own and keeps the result.
  ///
  /// @throws PipelineException when a stage fails
  public Made run(QueuedTask task, ReproOptions options, Elsewhere elsewhere) throws IOException {
    requireIdentity();
    try (var tree = TemporaryTree.of(pipeline, git, task)) {
      var own = pipeline.reopened(tree.directory(), variables(pipeline, task.ref()));
      var request = new RunRequest(options, List.of(), Optional.empty(), task.message());
      return new ExperimentRun(own, tree.git(), task.ref())
          .run(request, elsewhere.listener(own), elsewhere.missing(own));
    }
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
    requireIdentity();
    try (var _ = workspace()) {
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

  /// Removes temporary files of experiments that were interrupted.
  public void clean() throws IOException {
    try (var _ = workspace()) {
      try (var files = Files.newDirectoryStream(folder(pipeline), "index*")) {
        for (var file : files) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /// What the commands of stages see of the experiment they are part of.
  static Map<String, String> variables(Pipeline pipeline, ExperimentRef ref) {
    return Map.of(
        "DVC_EXP_BASELINE_REV", ref.baseline(),
        "DVC_EXP_NAME", ref.name(),
        "DVC_ROOT", pipeline.repository().root().toString());
  }

  /// A ref for a new experiment of HEAD.
  ///
  /// @param force whether the name may be taken
  ExperimentRef newRef(Optional<String> name, boolean force) throws IOException {
    var baseline = baseline();
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

  /// A run may take hours: that git cannot commit its result must be known before.
  void requireIdentity() throws IOException {
    if (git.answer("var", "GIT_COMMITTER_IDENT").isEmpty()) {
      throw new PipelineException(
          "git does not know who commits; set user.name and user.email with `git config`");
    }
  }

  private RepositoryLock workspace() throws IOException {
    return RepositoryLock.tryTake(folder(pipeline).resolve("workspace.lock"))
        .orElseThrow(
            () ->
                new PipelineException(
                    "another experiment runs in this workspace; wait for it, or use --temp or --queue"));
  }

  /// Experiments by the commits they vary, in the order of names.
  public Map<String, Map<String, String>> list(Baselines baselines) throws IOException {
    return grouped(baselines, refs.all());
  }

  /// As [#list(Baselines)], of a remote repository.
  public Map<String, Map<String, String>> list(Baselines baselines, String remote)
      throws IOException {
    return grouped(baselines, refs.of(remote));
  }

  private Map<String, Map<String, String>> grouped(
      Baselines baselines, Map<ExperimentRef, String> all) throws IOException {
    var grouped = new LinkedHashMap<String, Map<String, String>>();
    for (var found : baselines.select(git, all.keySet())) {
      grouped
          .computeIfAbsent(found.baseline(), _ -> new LinkedHashMap<>())
          .put(found.name(), all.getOrDefault(found, ""));
    }
    return grouped;
  }

  /// The branch or tag of each commit that has one.
  public Map<String, String> names(Iterable<String> commits) throws IOException {
    return new CommitNames(git).of(commits);
  }

  /// Gives an experiment another name.
  ///
  /// @return whether there was something to do
  public boolean rename(String name, String newName, boolean force) throws IOException {
    if (name.equals(newName)) {
      return false;
    }
    var all = refs.all();
    var old = refs.named(List.of(name), all.keySet()).getFirst();
    ExperimentName.check(git, newName);
    var target = new ExperimentRef(old.baseline(), newName);
    var before = refs.commit(target);
    if (before.isPresent() && !force) {
      throw ExperimentCommit.taken(newName);
    }
    var commit = all.getOrDefault(old, "");
    refs.move(target, commit, before);
    git.run("update-ref", "-d", old.ref(), commit);
    return true;
  }

  /// Makes a branch of an experiment.
  ///
  /// @return the name of the experiment
  public String branch(String name, Optional<String> branch) throws IOException {
    var ref =
        refs.find(name, refs.all().keySet())
            .or(() -> byCommit(name))
            .orElseThrow(() -> ExperimentRefs.unknown(List.of(name)));
    var target = branch.orElse(ref.name() + "-branch");
    if (git.answer("check-ref-format", "--branch", target).isEmpty()) {
      throw new PipelineException("'%s' cannot name a branch".formatted(target));
    }
    if (git.answer("rev-parse", "--verify", "--quiet", "refs/heads/" + target).isPresent()) {
      throw new PipelineException("Git branch '%s' already exists.".formatted(target));
    }
    git.run(
        "update-ref",
        "--create-reflog",
        "-m",
        "dvc: Created from experiment '" + ref.name() + "'",
        "refs/heads/" + target,
        refs.commit(ref).orElseThrow(),
        "0".repeat(40));
    return ref.name();
  }

  private Optional<ExperimentRef> byCommit(String revision) {
    try {
      var commit = git.find(revision);
      return refs.all().entrySet().stream()
          .filter(entry -> commit.equals(Optional.of(entry.getValue())))
          .map(Map.Entry::getKey)
          .findFirst();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// Removes experiments.
  ///
  /// @param keep removes all others instead
  /// @param remote the git remote to remove them from; empty for here
  /// @return the names of those removed
  public List<String> remove(
      List<String> names, Optional<Baselines> baselines, boolean keep, Optional<String> remote)
      throws IOException {
    var all = remote.isPresent() ? refs.of(remote.get()) : refs.all();
    var chosen = new LinkedHashMap<ExperimentRef, String>();
    var found =
        baselines.isPresent()
            ? baselines.get().select(git, all.keySet())
            : refs.named(names, all.keySet());
    for (var ref : all.keySet()) {
      if (found.contains(ref) != keep) {
        chosen.put(ref, all.getOrDefault(ref, ""));
      }
    }
    if (remote.isPresent()) {
      new RefExchange(git).delete(remote.get(), chosen.keySet());
    } else {
      refs.remove(chosen);
    }
    return chosen.keySet().stream().map(ExperimentRef::name).toList();
  }

  /// Whether a stage failed, which leaves no experiment.
  static Optional<String> failure(Pipeline pipeline, List<StageResult> results) {
    for (var result : results) {
      if (result.outcome() instanceof Outcome.Failed(var message)) {
        return Optional.of(
            "failed to reproduce '%s': %s".formatted(pipeline.shown(result.node()), message));
      }
    }
    return Optional.empty();
  }
}
