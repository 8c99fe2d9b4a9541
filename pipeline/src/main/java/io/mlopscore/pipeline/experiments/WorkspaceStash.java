package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A stash of git made aside: the workspace stays as it is.
final class WorkspaceStash {
  private final Git git;
  private final Path temporary;

  /// @param temporary a folder for files that can be lost
  WorkspaceStash(Git git, Path temporary) {
    this.git = git;
    this.temporary = temporary;
  }

  /// A commit that `git stash apply` takes: all that differs from HEAD, with untracked files.
  ///
  /// @return its hash; empty when nothing differs
  Optional<String> ofAll(String head, String message) throws IOException {
    var untracked = untrackedTree();
    try (var snapshot = Snapshot.of(git, temporary)) {
      var tree = snapshot.tree();
      if (untracked.isEmpty() && Optional.of(tree).equals(Snapshot.treeOf(git, head))) {
        return Optional.empty();
      }
      var parents = new ArrayList<>(List.of(head, staged(head)));
      if (untracked.isPresent()) {
        var text = "untracked files on " + branch() + ": " + head;
        parents.add(Snapshot.commit(git, untracked.get(), List.of(), text));
      }
      var text = "On " + branch() + ": " + message;
      return Optional.of(Snapshot.commit(git, tree, parents, text));
    }
  }

  /// A commit of what is staged, which a stash has as its second parent.
  String staged(String head) throws IOException {
    var tree = git.run("write-tree");
    return Snapshot.commit(git, tree, List.of(head), "index on " + branch() + ": " + head);
  }

  private String branch() throws IOException {
    return git.branch().orElse("(no branch)");
  }

  private Optional<String> untrackedTree() throws IOException {
    var names = git.run("ls-files", "--others", "--exclude-standard", "-z");
    if (names.isEmpty()) {
      return Optional.empty();
    }
    try (var index = EmptyIndex.of(git, temporary)) {
      index.git().runWith(names, "update-index", "--add", "-z", "--stdin");
      return Optional.of(index.git().run("write-tree"));
    }
  }
}
