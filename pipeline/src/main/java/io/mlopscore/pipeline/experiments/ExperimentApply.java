package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.Checkout;
import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Makes the workspace hold the files and data of an experiment. HEAD and what is staged stay; what
/// the workspace held before is kept as a stash, `refs/exps/apply/stash`.
public final class ExperimentApply {
  private final Pipeline pipeline;
  private final Git git;

  public ExperimentApply(Pipeline pipeline) {
    this.pipeline = pipeline;
    this.git = Experiments.git(pipeline);
  }

  /// @param name of an experiment, or a revision of git
  /// @return what became of its data
  public List<Checkout.Entry> apply(String name) throws IOException {
    var head = new ExperimentRefs(git).baseline();
    var commit = commit(name);
    keep(head, commit, name);
    files(commit);
    var entries = new DataStore(pipeline).checkout(List.of(), true);
    git.run("update-ref", ExperimentRef.EXEC_APPLY, commit);
    return entries;
  }

  private String commit(String name) throws IOException {
    var refs = new ExperimentRefs(git);
    var all = refs.all();
    return refs.find(name, all.keySet())
        .map(ref -> all.getOrDefault(ref, ""))
        .or(() -> revision(name))
        .orElseThrow(
            () ->
                new PipelineException(
                    "'%s' does not appear to be an experiment commit; `mlops exp list` shows them"
                        .formatted(name)));
  }

  private Optional<String> revision(String name) {
    try {
      return git.find(name);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void keep(String head, String commit, String name) throws IOException {
    git.run("update-ref", ExperimentRef.APPLY_HEAD, head);
    var message = "dvc-exp-apply:%s:%s:%s".formatted(head, commit, name);
    var stash = new WorkspaceStash(git, ExperimentFolder.of(pipeline).path()).ofAll(head, message);
    git.ask("update-ref", "-d", ExperimentRef.APPLY_STASH);
    if (stash.isPresent()) {
      var branch = git.branch().orElse("(no branch)");
      git.run(
          "update-ref",
          "--create-reflog",
          "-m",
          "On " + branch + ": " + message,
          ExperimentRef.APPLY_STASH,
          stash.get());
    }
  }

  /// Writes those files that are not as the experiment has them.
  private void files(String commit) throws IOException {
    try (var index = EmptyIndex.of(git, ExperimentFolder.of(pipeline).path())) {
      var aside = index.git();
      aside.run("read-tree", commit);
      aside.ask("update-index", "-q", "--refresh");
      var differing = aside.run("diff-files", "--name-only", "-z");
      if (!differing.isEmpty()) {
        aside.runWith(differing, "checkout-index", "--force", "-z", "--stdin");
      }
    }
  }
}
