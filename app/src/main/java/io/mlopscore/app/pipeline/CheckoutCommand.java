package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Checkout.Action;
import io.mlopscore.pipeline.Checkout.Entry;
import io.mlopscore.pipeline.Checkout.FileCount;
import io.mlopscore.pipeline.CheckoutOptions;
import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops checkout`: as `dvc checkout`.
@Command(
    description = "Puts recorded data from the cache into the workspace.",
    mixinStandardHelpOptions = true)
public final class CheckoutCommand implements Callable<Integer> {
  private static final int FAILED = 255;

  @Parameters(
      paramLabel = "TARGET",
      description = "Stages, outputs, files within outputs or .dvc files (all).")
  private List<String> targets = List.of();

  @Option(names = "--summary", description = "Print how many files came, changed and went.")
  private boolean summary;

  @Option(
      names = {"-d", "--with-deps"},
      description = "Also what the targets depend on.")
  private boolean withDependencies;

  @Option(
      names = {"-R", "--recursive"},
      description = "A target that is a folder stands for all that is defined below it.")
  private boolean recursive;

  @Option(
      names = {"-f", "--force"},
      description = "Overwrite changes that the cache does not have.")
  private boolean force;

  @Option(names = "--relink", description = "Link or copy again what cache.type wants otherwise.")
  private boolean relink;

  @Option(names = "--allow-missing", description = "What the cache lacks is no failure.")
  private boolean allowMissing;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var options = new CheckoutOptions(targets, withDependencies, recursive, force, relink);
    var entries = new ArrayList<>(new DataStore(pipeline).checkout(options));
    if (allowMissing) {
      entries.removeIf(entry -> entry.action() == Action.MISSING);
    }
    if (summary) {
      System.out.println(summary(FileCount.sum(entries)));
    } else {
      printChanges(pipeline, entries);
    }
    if (printMissing(pipeline, entries)) {
      return FAILED;
    }
    if (relink) {
      System.out.println("Relinked successfully");
    }
    return 0;
  }

  /// Prints one line an output; returns 1 when something is missing.
  static int print(Pipeline pipeline, List<Entry> entries) {
    printChanges(pipeline, entries);
    return printMissing(pipeline, entries) ? 1 : 0;
  }

  private static void printChanges(Pipeline pipeline, List<Entry> entries) {
    for (var action : List.of(Action.MODIFIED, Action.ADDED, Action.DELETED)) {
      entries.stream()
          .filter(entry -> entry.action() == action)
          .sorted(
              Comparator.comparing((Entry entry) -> !entry.directory()).thenComparing(Entry::file))
          .forEach(
              entry ->
                  System.out.println(action.name().charAt(0) + "       " + shown(pipeline, entry)));
    }
  }

  private static String shown(Pipeline pipeline, Entry entry) {
    if (entry.action() == Action.DELETED) {
      return pipeline.shown(entry.file());
    }
    return pipeline.shown(entry.file()) + (entry.directory() ? "/" : "");
  }

  private static boolean printMissing(Pipeline pipeline, List<Entry> entries) {
    var missing = entries.stream().filter(entry -> entry.action() == Action.MISSING).toList();
    if (!missing.isEmpty()) {
      System.err.println("ERROR: Checkout failed for following targets:");
      missing.forEach(entry -> System.err.println(pipeline.shown(entry.file())));
      System.err.println("The cache lacks their content; `mlops fetch` may get it.");
    }
    return !missing.isEmpty();
  }

  /// As `2 files modified, 1 file added and 1 file deleted`.
  static String summary(FileCount count) {
    var parts = new ArrayList<String>();
    addCounts(count, parts);
    return parts.isEmpty() ? "No changes." : joined(parts);
  }

  static void addCounts(FileCount count, List<String> parts) {
    part(count.modified(), "modified", parts);
    part(count.added(), "added", parts);
    part(count.deleted(), "deleted", parts);
  }

  static String joined(List<String> parts) {
    var before = String.join(", ", parts.subList(0, parts.size() - 1));
    return before.isEmpty() ? parts.getLast() : before + " and " + parts.getLast();
  }

  private static void part(int count, String word, List<String> parts) {
    if (count > 0) {
      parts.add(count + (count == 1 ? " file " : " files ") + word);
    }
  }
}
