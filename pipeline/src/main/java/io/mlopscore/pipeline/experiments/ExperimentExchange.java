package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.git.Git;
import io.mlopscore.pipeline.remote.CommitSelection;
import io.mlopscore.pipeline.remote.Selection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Brings experiments to a git remote and back; their data goes to and from a data remote.
public final class ExperimentExchange {
  /// What became of each experiment, by name.
  ///
  /// @param diverged those that the other side has with other content
  /// @param commits of those that both sides have now
  public record Result(
      List<String> moved, List<String> same, List<String> diverged, List<String> commits) {
    public Result {
      moved = List.copyOf(moved);
      same = List.copyOf(same);
      diverged = List.copyOf(diverged);
      commits = List.copyOf(commits);
    }

    /// The data of these experiments, and none of the workspace.
    public Selection data() {
      return new Selection(
          List.of(),
          false,
          false,
          false,
          CommitSelection.only(commits),
          OptionalLong.empty(),
          Set.of());
    }
  }

  private final Git git;
  private final ExperimentRefs refs;

  public ExperimentExchange(Pipeline pipeline) {
    this.git = Experiments.git(pipeline);
    this.refs = new ExperimentRefs(git);
  }

  /// @param names of experiments; none for those of `baselines`
  /// @param force whether experiments of the remote are replaced
  public Result push(String remote, List<String> names, Baselines baselines, boolean force)
      throws IOException {
    var here = refs.all();
    var wanted = wanted(names, baselines, here.keySet());
    return result(new RefExchange(git).push(remote, here, wanted, force), here);
  }

  /// @param names of experiments; none for those of `baselines`
  /// @param force whether experiments here are replaced
  public Result pull(String remote, List<String> names, Baselines baselines, boolean force)
      throws IOException {
    var there = refs.of(remote);
    var wanted = wanted(names, baselines, there.keySet());
    return result(new RefExchange(git).pull(remote, there, wanted, force), there);
  }

  private List<ExperimentRef> wanted(
      List<String> names, Baselines baselines, Collection<ExperimentRef> all) throws IOException {
    return names.isEmpty() || baselines.allCommits()
        ? baselines.select(git, all)
        : refs.named(names, all);
  }

  private static Result result(RefExchange.Moved moved, Map<ExperimentRef, String> all) {
    var commits = new ArrayList<String>();
    for (var ref : moved.done()) {
      Optional.ofNullable(all.get(ref)).ifPresent(commits::add);
    }
    for (var ref : moved.same()) {
      Optional.ofNullable(all.get(ref)).ifPresent(commits::add);
    }
    return new Result(names(moved.done()), names(moved.same()), names(moved.diverged()), commits);
  }

  private static List<String> names(List<ExperimentRef> refs) {
    return refs.stream().map(ExperimentRef::name).toList();
  }
}
