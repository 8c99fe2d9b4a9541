package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Whose experiments are meant: those of some commits.
///
/// @param revisions empty for HEAD, unless all of something are meant
/// @param last how many commits back from each revision, itself included; 0 or less for all
/// @param allCommits whatever the commit
public record Baselines(
    List<String> revisions, int last, boolean allCommits, boolean allBranches, boolean allTags) {
  /// Those of HEAD.
  public static final Baselines HEAD = of(List.of(), 1, false);

  public Baselines {
    revisions = List.copyOf(revisions);
  }

  public static Baselines of(List<String> revisions, int last, boolean allCommits) {
    return new Baselines(revisions, last, allCommits, false, false);
  }

  /// Those of the experiments that are meant, by commit and name.
  List<ExperimentRef> select(Git git, Collection<ExperimentRef> experiments) throws IOException {
    var byName = Comparator.comparing(ExperimentRef::name);
    if (allCommits) {
      return experiments.stream()
          .sorted(Comparator.comparing(ExperimentRef::baseline).thenComparing(byName))
          .toList();
    }
    var commits = List.copyOf(commits(git));
    return experiments.stream()
        .filter(ref -> commits.contains(ref.baseline()))
        .sorted(
            Comparator.comparing((ExperimentRef ref) -> commits.indexOf(ref.baseline()))
                .thenComparing(byName))
        .toList();
  }

  /// The commits, full hashes.
  Set<String> commits(Git git) throws IOException {
    var commits = new LinkedHashSet<String>();
    boolean head = revisions.isEmpty() && !allBranches && !allTags && !allCommits;
    for (var revision : head ? List.of("HEAD") : revisions) {
      commits.addAll(back(git, revision));
    }
    if (allCommits) {
      commits.addAll(
          git.lines("rev-list", "--date-order", "HEAD", "--branches", "--tags", "--remotes"));
    }
    if (allBranches) {
      commits.addAll(git.lines("for-each-ref", "--format=%(objectname)", "refs/heads"));
    }
    if (allTags) {
      for (var tag : git.lines("for-each-ref", "--format=%(refname)", "refs/tags")) {
        commits.addAll(git.lines("rev-parse", tag + "^{commit}"));
      }
    }
    return commits;
  }

  private List<String> back(Git git, String revision) throws IOException {
    var commit = git.commit(revision);
    return last > 0
        ? git.lines("rev-list", "--first-parent", "--max-count=" + last, commit)
        : git.lines("rev-list", "--first-parent", commit);
  }
}
