package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.JsonText;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Files by path in code point order, which nobody changes: two arrays, since there may be millions
/// of them, and a tree takes several times the memory and time.
@SuppressWarnings("JdkObsolete") // nobody asks for what NavigableMap has more
final class SortedFiles extends AbstractMap<String, Hash> implements SortedMap<String, Hash> {
  private static final Comparator<String> ORDER = JsonText.BY_CODE_POINT;

  private final String[] paths;
  private final Hash[] hashes;

  /// The part that is meant.
  private final int from;

  private final int to;

  private SortedFiles(String[] paths, Hash[] hashes, int from, int to) {
    this.paths = paths;
    this.hashes = hashes;
    this.from = from;
    this.to = to;
  }

  static SortedFiles of(Map<String, Hash> files) {
    return files instanceof SortedFiles sorted ? sorted : of(files.entrySet());
  }

  /// @param files each path once
  static SortedFiles of(Collection<? extends Map.Entry<String, Hash>> files) {
    var entries = new ArrayList<Map.Entry<String, Hash>>(files);
    entries.sort(Map.Entry.comparingByKey(ORDER));
    var paths = new String[entries.size()];
    var hashes = new Hash[entries.size()];
    for (int i = 0; i < paths.length; i++) {
      paths[i] = entries.get(i).getKey();
      hashes[i] = entries.get(i).getValue();
    }
    return new SortedFiles(paths, hashes, 0, paths.length);
  }

  /// The same files with their contents taken as those of DVC 2 or of DVC 3.
  SortedFiles as(boolean legacy) {
    var taken = IntStream.range(from, to).mapToObj(i -> hashes[i].as(legacy));
    return new SortedFiles(
        Arrays.copyOfRange(paths, from, to), taken.toArray(Hash[]::new), 0, size());
  }

  @Override
  public int size() {
    return to - from;
  }

  @Override
  public @Nullable Hash get(Object path) {
    int at = path instanceof String text ? at(text) : -1;
    return at < 0 ? null : hashes[at];
  }

  @Override
  public boolean containsKey(Object path) {
    return get(path) != null;
  }

  /// As [Arrays#binarySearch].
  private int at(String path) {
    return Arrays.binarySearch(paths, from, to, path, ORDER);
  }

  @Override
  public Set<Map.Entry<String, Hash>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return SortedFiles.this.size();
      }

      @Override
      public Iterator<Map.Entry<String, Hash>> iterator() {
        return new Entries();
      }
    };
  }

  private final class Entries implements Iterator<Map.Entry<String, Hash>> {
    private int next = from;

    @Override
    public boolean hasNext() {
      return next < to;
    }

    @Override
    public Map.Entry<String, Hash> next() {
      if (next == to) {
        throw new NoSuchElementException("no more files");
      }
      var entry = Map.entry(paths[next], hashes[next]);
      next++;
      return entry;
    }
  }

  @Override
  public Comparator<String> comparator() {
    return ORDER;
  }

  @Override
  public String firstKey() {
    return paths[requireSome(from)];
  }

  @Override
  public String lastKey() {
    return paths[requireSome(to - 1)];
  }

  private int requireSome(int at) {
    if (from == to) {
      throw new NoSuchElementException("no files");
    }
    return at;
  }

  @Override
  public SortedFiles subMap(String first, String end) {
    return new SortedFiles(paths, hashes, start(first), Math.max(start(first), start(end)));
  }

  @Override
  public SortedFiles headMap(String end) {
    return new SortedFiles(paths, hashes, from, start(end));
  }

  @Override
  public SortedFiles tailMap(String first) {
    return new SortedFiles(paths, hashes, start(first), to);
  }

  private int start(String path) {
    int at = at(Objects.requireNonNull(path));
    return at < 0 ? -at - 1 : at;
  }
}
