package io.mlopscore.pipeline.compare;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What git says of a work tree.
///
/// @param isDirty whether something differs from the last commit
/// @param untracked files that git does not know, absolute
record GitState(boolean isDirty, List<Path> untracked) {
  static final GitState CLEAN = new GitState(false, List.of());

  private static final int STATUS = 3;

  /// @param untracked whether to look for files that git does not know
  static GitState of(Git git, boolean untracked) throws IOException {
    var mode = untracked ? "--untracked-files=all" : "--untracked-files=no";
    var entries = git.run("status", "--porcelain", "-z", "--no-renames", mode).split("\0", -1);
    var files = new ArrayList<Path>();
    boolean dirty = false;
    for (var entry : entries) {
      dirty |= !entry.isEmpty();
      if (entry.startsWith("?? ")) {
        files.add(git.directory().resolve(entry.substring(STATUS)));
      }
    }
    return new GitState(dirty, files);
  }

  /// Those of the repository, as seen from where the command runs.
  ///
  /// @param targets files or directories; empty for all
  List<String> untracked(Pipeline pipeline, List<String> targets) {
    return untracked.stream()
        .filter(file -> file.startsWith(pipeline.repository().root()))
        .filter(
            file ->
                targets.isEmpty()
                    || targets.stream().map(pipeline::resolve).anyMatch(file::startsWith))
        .map(pipeline::shown)
        .toList();
  }
}
