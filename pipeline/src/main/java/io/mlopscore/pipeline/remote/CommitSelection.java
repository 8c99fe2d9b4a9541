package io.mlopscore.pipeline.remote;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Which revisions of git count, beside the workspace or instead of it.
///
/// @param workspace whether what is in the workspace counts too
/// @param allBranches the tips of all branches
/// @param revisions single ones
/// @param last how many commits back from each branch or revision, itself included
/// @param since commits of this day and later
public record CommitSelection(
    boolean workspace,
    boolean allBranches,
    boolean allTags,
    boolean allCommits,
    boolean allExperiments,
    List<String> revisions,
    int last,
    Optional<LocalDate> since) {
  public CommitSelection {
    revisions = List.copyOf(revisions);
  }

  /// The workspace alone.
  public static final CommitSelection NONE = heads(false, false, false);

  public static CommitSelection heads(boolean branches, boolean tags, boolean commits) {
    return new CommitSelection(
        true, branches, tags, commits, false, List.of(), 1, Optional.empty());
  }

  /// These commits and nothing else.
  public static CommitSelection only(List<String> commits) {
    return new CommitSelection(false, false, false, false, false, commits, 1, Optional.empty());
  }

  boolean isNone() {
    return equals(NONE);
  }
}
