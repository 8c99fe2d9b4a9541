package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The experiments that a repository has: finding, renaming, and removing them. Others are made by
/// [NewExperiments].
public final class Experiments {
  private final Git git;
  private final ExperimentRefs refs;

  /// @throws PipelineException outside of git
  public Experiments(Pipeline pipeline) {
    this.git = git(pipeline);
    this.refs = new ExperimentRefs(git);
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
      throw new UncheckedIOException(e);
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
}
