package io.mlopscore.pipeline.compare;

import io.mlopscore.pipeline.ContentCache;
import io.mlopscore.pipeline.DataTree;
import io.mlopscore.pipeline.DataTree.Depth;
import io.mlopscore.pipeline.Hash;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.compare.DataComparison.By;
import io.mlopscore.pipeline.git.Revisions;
import io.mlopscore.pipeline.yaml.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `dvc diff` tells: the data that differs between two revisions, or a revision and the
/// workspace.
public record DataDiff(Map<State, List<Item>> items) {
  /// In the order of the text.
  public enum State {
    ADDED("added"),
    DELETED("deleted"),
    RENAMED("renamed"),
    MODIFIED("modified"),
    /// Recorded before, and not to be had from the cache. Only told of the workspace.
    NOT_IN_CACHE("not in cache");

    private final String word;

    State(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /// A file or directory.
  ///
  /// @param path with `/` at the end of a directory
  /// @param newPath of what was renamed
  /// @param newHash of what was modified
  public record Item(
      String path, Optional<String> newPath, Optional<Hash> hash, Optional<Hash> newHash) {
    static Item of(DataEntry entry) {
      return new Item(entry.shown(), Optional.empty(), entry.hash(), Optional.empty());
    }

    static Item of(DataEntry before, DataEntry now, boolean renamed) {
      return new Item(
          before.shown(),
          renamed ? Optional.of(now.shown()) : Optional.empty(),
          before.hash(),
          renamed ? Optional.empty() : now.hash());
    }
  }

  private static final DataDiff NOTHING = new DataDiff(Map.of());

  /// @param older a revision
  /// @param newer another; empty for the workspace
  /// @param targets outputs, files in them, stages or `*.dvc` files; empty for all
  /// @throws java.nio.file.NoSuchFileException when a target is in neither
  public static DataDiff of(
      Pipeline workspace, String older, Optional<String> newer, List<String> targets)
      throws IOException {
    var revisions = new Revisions(workspace);
    try (var _ = workspace.lock()) {
      return revisions.git().find("HEAD").isEmpty()
          ? NOTHING
          : revisions.reading(() -> of(workspace, revisions, older, newer, targets));
    }
  }

  private static DataDiff of(
      Pipeline workspace,
      Revisions revisions,
      String older,
      Optional<String> newer,
      List<String> targets)
      throws IOException {
    var before = revisions.at(older);
    var now = newer.isPresent() ? revisions.at(newer.get()) : workspace;
    var paths = new DataTargets(targets).in(before, now);
    var old = DataTree.recorded(before, Depth.FILES);
    var tree = newer.isPresent() ? DataTree.recorded(now, Depth.FILES) : DataTree.found(workspace);
    var changes = DataComparison.of(old, tree, By.ENTRY, true, paths);
    return of(changes, newer.isPresent() ? Optional.empty() : Optional.of(workspace.cache()));
  }

  private static DataDiff of(Collection<DataChange> changes, Optional<ContentCache> cache) {
    var items = new EnumMap<State, List<Item>>(State.class);
    for (var state : State.values()) {
      items.put(state, new ArrayList<>());
    }
    for (var change : changes) {
      var old = change.before();
      var now = change.now();
      switch (change.kind()) {
        case ADDED -> add(items, State.ADDED, Item.of(now.orElseThrow()));
        case DELETED -> add(items, State.DELETED, Item.of(old.orElseThrow()));
        case MODIFIED ->
            add(items, State.MODIFIED, Item.of(old.orElseThrow(), now.orElseThrow(), false));
        case RENAMED ->
            add(items, State.RENAMED, Item.of(old.orElseThrow(), now.orElseThrow(), true));
        case UNCHANGED, UNKNOWN -> {}
      }
      if (cache.isPresent() && old.isPresent() && isMissing(old.get(), cache.get())) {
        add(items, State.NOT_IN_CACHE, Item.of(old.get()));
      }
    }
    items
        .values()
        .forEach(list -> list.sort(Comparator.comparing(Item::path, JsonText.BY_CODE_POINT)));
    return items.values().stream().allMatch(List::isEmpty) ? NOTHING : new DataDiff(items);
  }

  private static void add(Map<State, List<Item>> items, State state, Item item) {
    items.getOrDefault(state, List.of()).add(item);
  }

  static boolean isMissing(DataEntry entry, ContentCache cache) {
    return entry.hash().isPresent() && !cache.object(entry.hash().get()).toFile().exists();
  }

  /// Without what the cache lacks.
  public DataDiff withoutMissing() {
    if (isEmpty()) {
      return this;
    }
    var rest = new EnumMap<>(items);
    rest.remove(State.NOT_IN_CACHE);
    return new DataDiff(rest);
  }

  /// Whether nothing differs and nothing is missing.
  public boolean isEmpty() {
    return items.isEmpty();
  }
}
