package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.FailureText;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.experiments.ExperimentState.Data;
import io.mlopscore.pipeline.experiments.ExperimentState.Executor;
import io.mlopscore.pipeline.experiments.ExperimentState.Failure;
import io.mlopscore.pipeline.experiments.ExperimentState.Variant;
import io.mlopscore.pipeline.experiments.QueuedTask.State;
import io.mlopscore.pipeline.git.Git;
import io.mlopscore.pipeline.git.Revisions;
import io.mlopscore.pipeline.yaml.YamlException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Collects commits and the experiments that vary them, with their parameters, metrics and data.
public final class ExperimentShow {
  /// @param workspace whether the workspace comes first
  /// @param hashes names commits by their hashes only
  /// @param onlyUsedParams leaves out parameters that no stage reads
  /// @param tasks those in the queue that are shown, by their state
  public record Options(
      Baselines baselines,
      boolean workspace,
      boolean hashes,
      boolean onlyUsedParams,
      Set<State> tasks) {
    public Options {
      tasks = Set.copyOf(tasks);
    }
  }

  private final Pipeline pipeline;
  private final Git git;
  private final Options options;

  public ExperimentShow(Pipeline pipeline, Options options) {
    this.pipeline = pipeline;
    this.git = Experiments.git(pipeline);
    this.options = options;
  }

  /// Whether there is a commit yet.
  public boolean hasCommits() throws IOException {
    return git.find("HEAD").isPresent();
  }

  /// The workspace, then the commits; none before the first commit.
  public List<ExperimentState> states() throws IOException {
    if (!hasCommits()) {
      return List.of();
    }
    var commits = options.baselines().commits(git);
    var names = options.hashes() ? Map.<String, String>of() : new CommitNames(git).of(commits);
    var experiments = new ExperimentRefs(git).all();
    var tasks = new ExperimentQueue(pipeline).tasks();
    var states = new ArrayList<ExperimentState>();
    if (options.workspace()) {
      states.add(workspace());
    }
    for (var commit : commits) {
      var variants = variants(commit, experiments, tasks);
      states.add(state(commit, Optional.ofNullable(names.get(commit)), variants));
    }
    return states;
  }

  /// The experiments of a commit: those that run, that were made, that wait and that failed.
  private List<Variant> variants(
      String commit, Map<ExperimentRef, String> experiments, Map<State, List<QueuedTask>> tasks)
      throws IOException {
    var variants = new ArrayList<>(inQueue(commit, State.RUNNING, tasks));
    variants.addAll(made(commit, experiments, tasks.getOrDefault(State.SUCCESS, List.of())));
    variants.addAll(inQueue(commit, State.QUEUED, tasks));
    variants.addAll(inQueue(commit, State.FAILED, tasks));
    return variants;
  }

  private List<Variant> made(
      String commit, Map<ExperimentRef, String> experiments, List<QueuedTask> succeeded)
      throws IOException {
    var variants = new ArrayList<Variant>();
    for (var experiment : experiments.entrySet()) {
      var ref = experiment.getKey();
      if (ref.baseline().equals(commit)) {
        var executor =
            succeeded.stream()
                .filter(task -> task.ref().equals(ref))
                .map(task -> executor(task, State.SUCCESS))
                .findFirst();
        var made = state(experiment.getValue(), Optional.of(ref.name()), List.of());
        variants.add(new Variant(made, executor));
      }
    }
    variants.sort(NEWEST_FIRST);
    return variants;
  }

  private List<Variant> inQueue(String commit, State state, Map<State, List<QueuedTask>> tasks)
      throws IOException {
    var variants = new ArrayList<Variant>();
    for (var task : tasks.getOrDefault(state, List.of())) {
      if (task.baseline().equals(commit) && options.tasks().contains(state)) {
        var found = state(task.revision(), Optional.of(task.name()), List.of());
        variants.add(new Variant(as(state, found), Optional.of(executor(task, state))));
      }
    }
    variants.sort(NEWEST_FIRST);
    return variants;
  }

  private static ExperimentState as(State state, ExperimentState found) {
    return switch (state) {
      case RUNNING, SUCCESS -> found;
      case QUEUED -> found.withoutMetrics();
      case FAILED -> found.failed(new Failure("Experiment run failed", ""));
    };
  }

  /// The names are those of `dvc`.
  private static Executor executor(QueuedTask task, State state) {
    var name = state == State.FAILED ? Optional.<String>empty() : Optional.of("dvc-task");
    return new Executor(state.name().toLowerCase(Locale.ROOT), name, task.revision());
  }

  private static final Comparator<Variant> NEWEST_FIRST =
      Comparator.comparing((Variant variant) -> time(variant.experiment()))
          .thenComparing(variant -> variant.experiment().revision())
          .reversed();

  private static long time(ExperimentState state) {
    return state.data().flatMap(Data::time).orElse(0L);
  }

  private ExperimentState workspace() throws IOException {
    return read(ExperimentState.WORKSPACE, Optional.empty(), Optional.empty(), List.of());
  }

  private ExperimentState state(String commit, Optional<String> name, List<Variant> variants)
      throws IOException {
    var time = Long.parseLong(git.run("show", "--no-patch", "--format=%ct", commit));
    return read(commit, name, Optional.of(time), variants);
  }

  private ExperimentState read(
      String revision, Optional<String> name, Optional<Long> time, List<Variant> variants)
      throws IOException {
    var revisions = new Revisions(pipeline);
    try {
      var data =
          revisions.reading(
              () -> {
                var at = time.isEmpty() ? pipeline : revisions.at(revision);
                return new ExperimentData(at, options.onlyUsedParams()).read(time);
              });
      return new ExperimentState(revision, name, Optional.of(data), Optional.empty(), variants);
    } catch (PipelineException | YamlException e) {
      var failure = new Failure(FailureText.of(e), "DvcException");
      return new ExperimentState(revision, name, Optional.empty(), Optional.of(failure), variants);
    }
  }

  /// One state: of a commit, an experiment or the workspace.
  ///
  /// @param name `workspace`, the name of an experiment, or a revision
  public ExperimentState state(String name) throws IOException {
    if (name.equals(ExperimentState.WORKSPACE)) {
      return workspace();
    }
    var refs = new ExperimentRefs(git);
    var all = refs.all();
    var ref = refs.find(name, all.keySet());
    var commit = ref.isPresent() ? Optional.ofNullable(all.get(ref.get())) : git.find(name);
    return state(
        commit.orElseThrow(
            () -> new PipelineException("unknown Git revision '%s'".formatted(name))),
        Optional.of(name),
        List.of());
  }
}
