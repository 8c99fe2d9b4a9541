package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.experiments.ExperimentState.Data;
import io.mlopscore.pipeline.experiments.ExperimentState.Variant;
import io.mlopscore.pipeline.git.Revisions;
import io.mlopscore.pipeline.yaml.YamlException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Collects commits and the experiments that vary them, with their parameters, metrics and data.
public final class ExperimentShow {
  /// @param workspace whether the workspace comes first
  /// @param hashes names commits by their hashes only
  /// @param onlyUsedParams leaves out parameters that no stage reads
  public record Options(
      Baselines baselines, boolean workspace, boolean hashes, boolean onlyUsedParams) {}

  private final Pipeline pipeline;
  private final GitCommand git;
  private final Options options;

  public ExperimentShow(Pipeline pipeline, Options options) {
    this.pipeline = pipeline;
    this.git = Experiments.git(pipeline);
    this.options = options;
  }

  /// The workspace, then the commits; none before the first commit.
  public List<ExperimentState> states() throws IOException {
    if (git.ask("rev-parse", "--verify", "--quiet", "HEAD").isEmpty()) {
      return List.of();
    }
    var commits = options.baselines().commits(git);
    var names = options.hashes() ? Map.<String, String>of() : new CommitNames(git).of(commits);
    var experiments = new ExperimentRefs(git).all();
    var states = new ArrayList<ExperimentState>();
    if (options.workspace()) {
      states.add(workspace());
    }
    for (var commit : commits) {
      var variants = new ArrayList<Variant>();
      for (var experiment : experiments.entrySet()) {
        if (experiment.getKey().baseline().equals(commit)) {
          var name = Optional.of(experiment.getKey().name());
          variants.add(
              new Variant(state(experiment.getValue(), name, List.of()), Optional.empty()));
        }
      }
      variants.sort(NEWEST_FIRST);
      states.add(state(commit, Optional.ofNullable(names.get(commit)), variants));
    }
    return states;
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
    try {
      var at = time.isEmpty() ? pipeline : new Revisions(pipeline).at(revision);
      var data = new ExperimentData(at, options.onlyUsedParams()).read(time);
      return new ExperimentState(revision, name, Optional.of(data), Optional.empty(), variants);
    } catch (PipelineException | YamlException e) {
      var message = Optional.of(String.valueOf(e.getMessage()));
      return new ExperimentState(revision, name, Optional.empty(), message, variants);
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
    var commit =
        ref.isPresent()
            ? Optional.ofNullable(all.get(ref.get()))
            : git.ask("rev-parse", "--verify", "--quiet", name + "^{commit}");
    return state(
        commit.orElseThrow(
            () -> new PipelineException("unknown Git revision '%s'".formatted(name))),
        Optional.of(name),
        List.of());
  }
}
