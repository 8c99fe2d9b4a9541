package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The commits that a choice of revisions means.
record GitCommits(Git git) {
  Set<String> of(CommitSelection revisions) throws IOException {
    var commits = new LinkedHashSet<String>();
    for (var revision : revisions.revisions()) {
      commits.addAll(back(revision, revisions.last()));
    }
    if (revisions.allCommits()) {
      commits.addAll(everything());
    } else {
      if (revisions.allBranches()) {
        for (var tip : tips("refs/heads")) {
          commits.addAll(back(tip, revisions.last()));
        }
      }
      if (revisions.allTags()) {
        for (var tip : tips("refs/tags")) {
          commits.addAll(back(tip, 1));
        }
      }
      if (revisions.since().isPresent()) {
        var start = revisions.since().get().atStartOfDay(ZoneId.systemDefault()).toEpochSecond();
        commits.addAll(everything("--since-as-filter=" + start));
      }
    }
    if (revisions.allExperiments()) {
      for (var tip : tips("refs/exps")) {
        commits.addAll(back(tip, 1));
      }
    }
    return commits;
  }

  private List<String> everything(String... filters) throws IOException {
    var command = new ArrayList<>(List.of("rev-list", "--branches", "--tags", "--remotes", "HEAD"));
    command.addAll(List.of(filters));
    command.add("--");
    return git.lines(command.toArray(String[]::new));
  }

  private List<String> tips(String prefix) throws IOException {
    return git.lines("for-each-ref", "--format=%(refname)", prefix);
  }

  /// As many commits as there are, up to `count`, by first parents.
  private List<String> back(String revision, int count) throws IOException {
    return git.lines(
        "rev-list", "--first-parent", "--max-count=" + count, revision + "^{commit}", "--");
  }
}
