package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.PipelineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The commits that a choice of revisions means.
record GitCommits(Path git) {
  private static final List<String> EVERYTHING =
      List.of("rev-list", "--branches", "--tags", "--remotes", "HEAD");

  Set<String> of(Revisions revisions) throws IOException {
    var commits = new LinkedHashSet<String>();
    for (var revision : revisions.revisions()) {
      commits.addAll(back(revision, revisions.last()));
    }
    if (revisions.allCommits()) {
      commits.addAll(run(EVERYTHING));
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
        var since = new ArrayList<>(EVERYTHING);
        since.add("--since-as-filter=" + start);
        commits.addAll(run(since));
      }
    }
    if (revisions.allExperiments()) {
      for (var tip : tips("refs/exps")) {
        commits.addAll(back(tip, 1));
      }
    }
    return commits;
  }

  private List<String> tips(String prefix) throws IOException {
    return run(List.of("for-each-ref", "--format=%(refname)", prefix));
  }

  /// As many commits as there are, up to `count`, by first parents.
  private List<String> back(String revision, int count) throws IOException {
    return run(
        List.of("rev-list", "--first-parent", "--max-count=" + count, revision + "^{commit}"));
  }

  private List<String> run(List<String> arguments) throws IOException {
    var command = new ArrayList<>(List.of("git", "-C", git.toString()));
    command.addAll(arguments);
    command.add("--");
    if (arguments.getFirst().equals("for-each-ref")) {
      command.removeLast();
    }
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    List<String> lines;
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      lines = out.lines().toList();
    }
    if (GitObjects.await(process) != 0) {
      throw new PipelineException(
          "git cannot tell the commits: `git %s`".formatted(String.join(" ", arguments)));
    }
    return lines;
  }
}
