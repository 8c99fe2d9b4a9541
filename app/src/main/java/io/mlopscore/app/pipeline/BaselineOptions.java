package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.experiments.Baselines;
import java.util.List;
import picocli.CommandLine.Option;

/// Whose experiments: those of which commits.
final class BaselineOptions {
  @Option(
      names = {"-A", "--all-commits"},
      description = "Of all commits.")
  boolean allCommits;

  @Option(
      names = "--rev",
      arity = "1",
      paramLabel = "REV",
      description = "Of this commit (HEAD); may be repeated.")
  List<String> revisions = List.of();

  @Option(
      names = {"-n", "--num"},
      defaultValue = "1",
      paramLabel = "N",
      description = "Of so many commits back from there, all if 0 or less (1).")
  int last;

  Baselines chosen() {
    return Baselines.of(revisions, last, allCommits);
  }

  boolean given() {
    return allCommits || !revisions.isEmpty();
  }
}
