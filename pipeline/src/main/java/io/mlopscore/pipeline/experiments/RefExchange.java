package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Moves refs of experiments between repositories.
final class RefExchange {
  /// What became of each.
  ///
  /// @param diverged those that the other side has with another commit
  record Moved(List<ExperimentRef> done, List<ExperimentRef> same, List<ExperimentRef> diverged) {
    Moved {
      done = List.copyOf(done);
      same = List.copyOf(same);
      diverged = List.copyOf(diverged);
    }
  }

  private final Git git;

  RefExchange(Git git) {
    this.git = git;
  }

  /// @param force whether what the other side has with another commit is replaced
  Moved push(
      String remote,
      Map<ExperimentRef, String> here,
      Collection<ExperimentRef> wanted,
      boolean force)
      throws IOException {
    var plan = plan(wanted, here, new ExperimentRefs(git).of(remote), force);
    transfer("push", List.of("--quiet"), remote, plan.done, force ? "+" : "");
    return plan;
  }

  Moved pull(
      String remote,
      Map<ExperimentRef, String> there,
      Collection<ExperimentRef> wanted,
      boolean force)
      throws IOException {
    var plan = plan(wanted, there, new ExperimentRefs(git).all(), force);
    transfer(
        "fetch",
        List.of("--quiet", "--no-tags", "--no-write-fetch-head"),
        remote,
        plan.done,
        force ? "+" : "");
    return plan;
  }

  private static Moved plan(
      Collection<ExperimentRef> wanted,
      Map<ExperimentRef, String> source,
      Map<ExperimentRef, String> target,
      boolean force) {
    var done = new ArrayList<ExperimentRef>();
    var same = new ArrayList<ExperimentRef>();
    var diverged = new ArrayList<ExperimentRef>();
    for (var ref : wanted) {
      var old = Optional.ofNullable(target.get(ref));
      boolean equal = old.equals(Optional.ofNullable(source.get(ref)));
      (equal ? same : old.isPresent() && !force ? diverged : done).add(ref);
    }
    return new Moved(done, same, diverged);
  }

  void delete(String remote, Collection<ExperimentRef> refs) throws IOException {
    transfer("push", List.of("--quiet", "--delete"), remote, refs, null);
  }

  private void transfer(
      String verb,
      List<String> options,
      String remote,
      Collection<ExperimentRef> refs,
      @org.jspecify.annotations.Nullable String mark)
      throws IOException {
    if (refs.isEmpty()) {
      return;
    }
    var command = new ArrayList<>(List.of(verb));
    command.addAll(options);
    command.add("--");
    command.add(remote);
    refs.forEach(ref -> command.add(mark == null ? ref.ref() : mark + ref.ref() + ":" + ref.ref()));
    git.run(command.toArray(String[]::new));
  }
}
