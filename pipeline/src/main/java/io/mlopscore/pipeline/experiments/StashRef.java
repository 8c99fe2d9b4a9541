package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.git.Git;
import java.io.IOException;

/// A list of stashes that git keeps in the log of one ref, newest first, as `dvc` does for its
/// queue.
///
/// @param ref such as `refs/exps/celery/stash`
record StashRef(Git git, String ref) {
  /// @param message as DVC has it: `dvc-exp:<head>:<baseline>:<name>`
  void push(String commit, String message) throws IOException {
    git.run("update-ref", "--create-reflog", "-m", "commit: " + message, ref, commit);
  }

  /// Takes a stash out of the list; one that is not in it is no error.
  void drop(String commit) throws IOException {
    if (git.answer("rev-parse", "--verify", "--quiet", ref).isEmpty()) {
      return;
    }
    var commits = git.lines("reflog", "show", "--format=%H", ref);
    int index = commits.indexOf(commit);
    if (index < 0) {
      return;
    }
    git.run("reflog", "delete", "--updateref", "--rewrite", ref + "@{" + index + "}");
    if (commits.size() == 1) {
      git.ask("update-ref", "-d", ref);
    }
  }
}
