package io.mlopscore.pipeline.compare;

import io.mlopscore.pipeline.DataTree;
import io.mlopscore.pipeline.DataTree.Content;
import io.mlopscore.pipeline.Hash;
import io.mlopscore.pipeline.compare.DataChange.Kind;
import io.mlopscore.pipeline.yaml.JsonText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Compares two states of data, output by output and file by file, as DVC does.
public final class DataComparison {
  /// What makes two entries differ.
  public enum By {
    /// Only contents: an output without any is as good as absent. As `dvc data status`.
    CONTENT,
    /// That they are there, and what they are. As `dvc diff`.
    ENTRY
  }

  private static final Comparator<DataChange> BY_PATH =
      Comparator.comparing(change -> change.entry().sortKey(), JsonText.BY_CODE_POINT);

  private final By by;
  private final boolean files;
  private final List<DataChange> changes = new ArrayList<>();

  private DataComparison(By by, boolean files) {
    this.by = by;
    this.files = files;
  }

  /// Everything that is in one of two states, the unchanged too. Outputs come before what is in
  /// them; renamed, added and deleted ones last.
  ///
  /// @param files whether to look into directories
  /// @param paths only these, and what is below them; empty for all
  public static List<DataChange> of(
      DataTree before, DataTree now, By by, boolean files, Collection<String> paths) {
    var comparison = new DataComparison(by, files);
    var outputs = new TreeSet<>(JsonText.BY_CODE_POINT);
    outputs.addAll(before.outputs().keySet());
    outputs.addAll(now.outputs().keySet());
    for (var path : outputs) {
      comparison.output(path, get(before, path), get(now, path));
    }
    var found = comparison.changes;
    if (!paths.isEmpty()) {
      found.removeIf(change -> paths.stream().noneMatch(change::isBelow));
    }
    return withRenames(found);
  }

  private static Optional<Content> get(DataTree tree, String path) {
    return Optional.ofNullable(tree.outputs().get(path));
  }

  private void output(String path, Optional<Content> before, Optional<Content> now) {
    var old = before.map(content -> entry(path, content));
    var entry = now.map(content -> entry(path, content));
    var kind = by == By.CONTENT ? byContent(old, entry) : byEntry(old, entry);
    kind.ifPresent(found -> changes.add(new DataChange(found, old, entry)));
    if (files) {
      inside(path, files(before), files(now));
    }
  }

  private static DataEntry entry(String path, Content content) {
    return new DataEntry(path, content.hash(), content.isDirectory());
  }

  private static Optional<SortedMap<String, Hash>> files(Optional<Content> content) {
    return content.isEmpty() ? Optional.of(new TreeMap<>()) : content.get().files();
  }

  /// Empty when neither has content.
  private static Optional<Kind> byContent(Optional<DataEntry> old, Optional<DataEntry> entry) {
    var before = old.flatMap(DataEntry::hash);
    var now = entry.flatMap(DataEntry::hash);
    return before.isEmpty() && now.isEmpty() ? Optional.empty() : Optional.of(kind(before, now));
  }

  private static Optional<Kind> byEntry(Optional<DataEntry> old, Optional<DataEntry> entry) {
    return Optional.of(kind(old, entry));
  }

  private static <T> Kind kind(Optional<T> before, Optional<T> now) {
    if (before.isEmpty()) {
      return Kind.ADDED;
    }
    if (now.isEmpty()) {
      return Kind.DELETED;
    }
    return before.equals(now) ? Kind.UNCHANGED : Kind.MODIFIED;
  }

  private void inside(
      String output,
      Optional<SortedMap<String, Hash>> before,
      Optional<SortedMap<String, Hash>> now) {
    if (before.isPresent() && now.isPresent()) {
      files(output, before.get(), now.get());
    } else if (now.isPresent()) {
      unknown(output, now.get());
    }
  }

  private void files(String output, SortedMap<String, Hash> before, SortedMap<String, Hash> now) {
    var paths = new TreeSet<>(JsonText.BY_CODE_POINT);
    paths.addAll(before.keySet());
    paths.addAll(now.keySet());
    for (var path : paths) {
      var old = file(output, path, before.get(path));
      var entry = file(output, path, now.get(path));
      boolean becameFolder = old.isPresent() && entry.isEmpty() && isFolder(now, path);
      boolean wasFolder = entry.isPresent() && old.isEmpty() && isFolder(before, path);
      if (by == By.CONTENT || !(becameFolder || wasFolder)) {
        changes.add(new DataChange(kind(old, entry), old, entry));
      }
    }
  }

  private static Optional<DataEntry> file(
      String output, String path, @org.jspecify.annotations.Nullable Hash hash) {
    return Optional.ofNullable(hash)
        .map(found -> new DataEntry(output + "/" + path, Optional.of(found), false));
  }

  private static boolean isFolder(SortedMap<String, Hash> files, String path) {
    var below = files.tailMap(path + "/");
    return !below.isEmpty() && below.firstKey().startsWith(path + "/");
  }

  private void unknown(String output, SortedMap<String, Hash> files) {
    var entries = new TreeMap<String, DataEntry>(JsonText.BY_CODE_POINT);
    for (var file : files.entrySet()) {
      var path = output + "/" + file.getKey();
      entries.put(path, new DataEntry(path, Optional.of(file.getValue()), false));
      for (int at = path.indexOf('/', output.length() + 1);
          at > 0;
          at = path.indexOf('/', at + 1)) {
        var folder = path.substring(0, at);
        entries.putIfAbsent(folder, new DataEntry(folder, Optional.empty(), true));
      }
    }
    for (var entry : entries.values()) {
      changes.add(new DataChange(Kind.UNKNOWN, Optional.empty(), Optional.of(entry)));
    }
  }

  /// What was added with the content of something deleted was renamed. First come, first served, by
  /// path.
  private static List<DataChange> withRenames(List<DataChange> changes) {
    var deleted = new HashMap<Optional<Hash>, Deque<DataChange>>();
    for (var change : sorted(changes, Kind.DELETED)) {
      deleted.computeIfAbsent(change.entry().hash(), _ -> new ArrayDeque<>()).add(change);
    }
    var all = new ArrayList<DataChange>();
    for (var change : changes) {
      if (change.kind() != Kind.ADDED && change.kind() != Kind.DELETED) {
        all.add(change);
      }
    }
    for (var added : sorted(changes, Kind.ADDED)) {
      all.add(source(added, deleted).map(old -> renamed(old, added)).orElse(added));
    }
    deleted.values().stream().flatMap(Deque::stream).sorted(BY_PATH).forEach(all::add);
    return all;
  }

  private static List<DataChange> sorted(List<DataChange> changes, Kind kind) {
    return changes.stream().filter(change -> change.kind() == kind).sorted(BY_PATH).toList();
  }

  private static Optional<DataChange> source(
      DataChange added, Map<Optional<Hash>, Deque<DataChange>> deleted) {
    var hash = added.entry().hash();
    return hash.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(deleted.get(hash)).map(Deque::poll);
  }

  private static DataChange renamed(DataChange old, DataChange added) {
    return new DataChange(Kind.RENAMED, old.before(), added.now());
  }
}
