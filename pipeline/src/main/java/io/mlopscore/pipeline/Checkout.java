package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Makes the workspace hold what was recorded, from the cache.
public final class Checkout {
  /// What happened to one output.
  public enum Action {
    ADDED,
    MODIFIED,
    /// It was put there before, and nothing names it any more.
    DELETED,
    /// The cache lacks its content; the workspace stays as it is.
    MISSING
  }

  /// One output that was not as recorded.
  ///
  /// @param directory whether it is one
  /// @param files how many of its files came, changed and went
  public record Entry(Path file, Action action, boolean directory, FileCount files) {}

  /// How many files came, changed and went.
  public record FileCount(int added, int modified, int deleted) {
    FileCount plus(FileCount others) {
      return new FileCount(
          added + others.added, modified + others.modified, deleted + others.deleted);
    }

    public static FileCount sum(List<Entry> entries) {
      return entries.stream()
          .filter(entry -> entry.action != Action.MISSING)
          .map(Entry::files)
          .reduce(new FileCount(0, 0, 0), FileCount::plus);
    }
  }

  private final Workspace workspace;
  private final ContentCache cache;
  private final PlacedOutputs placed;
  private final boolean relink;

  Checkout(Workspace workspace, ContentCache cache, PlacedOutputs placed, boolean relink) {
    this.workspace = workspace;
    this.cache = cache;
    this.placed = placed;
    this.relink = relink;
  }

  /// Nothing is touched when anything would be lost.
  ///
  /// @param force drop changes that the cache does not have
  /// @return those outputs that were not as recorded
  /// @throws PipelineException naming the files whose changes would be lost
  List<Entry> run(List<Recorded> outputs, boolean force) throws IOException {
    var plans = new ArrayList<CheckoutPlan>();
    for (var recorded : outputs) {
      plans.add(CheckoutPlan.of(recorded, workspace, cache));
    }
    if (!force) {
      requireNothingLost(plans);
    }
    var entries = new ArrayList<Entry>();
    for (var plan : plans) {
      if (plan.isWanting()) {
        entries.add(plan.entry(Action.MISSING));
        continue;
      }
      plan.apply(cache);
      if (relink) {
        plan.relink(cache);
      }
      if (plan.isWhole()) {
        placed.add(plan.file(), plan.content().hash());
      }
      if (plan.isChange()) {
        entries.add(plan.entry(plan.isNew() ? Action.ADDED : Action.MODIFIED));
      }
    }
    return List.copyOf(entries);
  }

  private static void requireNothingLost(List<CheckoutPlan> plans) {
    var lost = plans.stream().flatMap(plan -> plan.lost().stream()).toList();
    if (!lost.isEmpty()) {
      throw new PipelineException(
          "these files have changes that the cache does not have; keep them with `mlops add` or"
              + " `mlops commit`, or drop them with --force:\n"
              + lost.stream().map(Path::toString).collect(Collectors.joining("\n")));
    }
  }

  /// Takes away what was an output once and still is as it was put there.
  ///
  /// @param outputs all that is an output now
  List<Entry> removeOld(Set<Path> outputs) throws IOException {
    var entries = new ArrayList<Entry>();
    for (var old : new TreeMap<>(placed.without(outputs)).entrySet()) {
      var path = old.getKey();
      placed.forget(path);
      boolean overlaps =
          outputs.stream().anyMatch(now -> now.startsWith(path) || path.startsWith(now));
      var found =
          overlaps
              ? Optional.<Workspace.Found>empty()
              : workspace.find(path, old.getValue().isLegacy());
      if (found.isPresent() && isSafe(found.get(), old.getValue())) {
        Trees.remove(path);
        boolean directory = found.get().isDirectory();
        entries.add(new Entry(path, Action.DELETED, directory, new FileCount(0, 0, 1)));
      }
    }
    return entries;
  }

  private boolean isSafe(Workspace.Found found, Hash before) throws IOException {
    return found.content().hash().equals(before) && cache.containsAll(before);
  }
}
