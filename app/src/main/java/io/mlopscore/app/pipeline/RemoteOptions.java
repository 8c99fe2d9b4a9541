package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.remote.CommitSelection;
import io.mlopscore.pipeline.remote.DataExchange;
import io.mlopscore.pipeline.remote.DataExchange.Result;
import io.mlopscore.pipeline.remote.Progress;
import io.mlopscore.pipeline.remote.StoredObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `push`, `fetch` and `pull` have in common.
final class RemoteOptions {
  @Parameters(
      arity = "0..*",
      paramLabel = "TARGET",
      description = "Stages, outputs, files within outputs, or .dvc files (all).")
  List<String> targets = List.of();

  @Option(
      names = {"-r", "--remote"},
      paramLabel = "NAME",
      description = "A remote of the settings (the default one).")
  @Nullable String remote;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many objects to move at a time.")
  @Nullable Integer jobs;

  @Option(
      names = {"-a", "--all-branches"},
      description = "Also the data of the tips of all branches.")
  boolean allBranches;

  @Option(
      names = {"-T", "--all-tags"},
      description = "Also the data of all tags.")
  boolean allTags;

  @Option(
      names = {"-A", "--all-commits"},
      description = "Also the data of all commits.")
  boolean allCommits;

  @Option(
      names = {"-d", "--with-deps"},
      description = "Also what the targets depend on.")
  boolean withDependencies;

  @Option(
      names = {"-R", "--recursive"},
      description = "Targets may be folders: all that is defined below them.")
  boolean recursive;

  @Option(
      names = "--run-cache",
      negatable = true,
      description = "Also the results of earlier runs.")
  boolean runCache;

  DataExchange exchange(Pipeline pipeline, Progress progress) {
    return new DataExchange(
        pipeline, Optional.ofNullable(remote), jobs(), progress, RemoteOptions::warn);
  }

  OptionalInt jobs() {
    return jobs == null ? OptionalInt.empty() : OptionalInt.of(jobs);
  }

  CommitSelection revisions() {
    return CommitSelection.heads(allBranches, allTags, allCommits);
  }

  static void warn(String message) {
    System.err.println("WARNING: " + message);
  }

  /// Tells that nothing could be fetched but what asks for a remote of its own.
  static void warnWithout(DataExchange exchange) {
    if (!exchange.hasRemote()) {
      warn(
          "No remote provided and no default remote set: name one with -r, or make one the default"
              + " with `mlops remote default NAME`");
    }
  }

  /// Tells what is missing and what failed; returns the exit code.
  static int report(Result result, String verb) {
    warnOf(result.missing());
    for (var failure : result.failed()) {
      System.err.printf(
          "ERROR: failed to transfer '%s' (%s): %s%n",
          failure.object().hash(), failure.object().name(), failure.reason());
    }
    if (result.untried() > 0) {
      System.err.printf(
          "ERROR: the remote does not take part any more; %s not tried%n",
          files(result.untried(), "were", "was"));
    }
    if (result.failures() > 0) {
      System.err.printf("ERROR: %s failed to %s%n", files(result.failures(), "", ""), verb);
    }
    return result.failures() > 0 ? 1 : 0;
  }

  private static void warnOf(Set<StoredObject> missing) {
    if (missing.isEmpty()) {
      return;
    }
    var text =
        new StringBuilder(
            "Some of the cache files do not exist neither locally nor on remote. Missing cache"
                + " files:");
    missing.stream()
        .sorted(Comparator.comparing(StoredObject::name))
        .forEach(
            object -> text.append("\n").append(object.hash()).append("  ").append(object.name()));
    warn(text.toString());
  }

  static String files(int count, String more, String one) {
    return (count + (count == 1 ? " file " + one : " files " + more)).strip();
  }
}
