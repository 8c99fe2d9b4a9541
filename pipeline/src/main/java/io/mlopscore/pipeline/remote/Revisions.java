package io.mlopscore.pipeline.remote;

import java.time.LocalDate;
import java.util.Optional;

/// Which revisions of git count beside the workspace.
///
/// @param allBranches the tips of all branches
/// @param revision one revision
/// @param last how many commits back from each branch or the revision, itself included
/// @param since commits of this day and later
public record Revisions(
    boolean allBranches,
    boolean allTags,
    boolean allCommits,
    boolean allExperiments,
    Optional<String> revision,
    int last,
    Optional<LocalDate> since) {
  /// The workspace alone.
  public static final Revisions NONE = heads(false, false, false);

  public static Revisions heads(boolean branches, boolean tags, boolean commits) {
    return new Revisions(branches, tags, commits, false, Optional.empty(), 1, Optional.empty());
  }

  boolean isNone() {
    return equals(NONE);
  }
}
