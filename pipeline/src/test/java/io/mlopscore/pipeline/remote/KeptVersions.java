package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Md5;
import io.mlopscore.storage.ObjectStore;
import io.mlopscore.storage.ObjectSummary;
import io.mlopscore.storage.ObjectVersion;
import io.mlopscore.storage.ObjectVersions;
import io.mlopscore.storage.StoredEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/// A bucket in memory that numbers its versions: `v1`, `v2` and so on, of each key for itself.
final class KeptVersions implements ObjectVersions {
  private final Map<String, TreeMap<String, byte[]>> objects = new TreeMap<>();

  /// Keys that cannot be put.
  final Set<String> broken = new HashSet<>();

  boolean kept = true;

  @Override
  public boolean areKept() {
    return kept;
  }

  private synchronized NavigableMap<String, byte[]> of(String key) {
    return objects.computeIfAbsent(key, _ -> new TreeMap<>());
  }

  @Override
  public synchronized Optional<ObjectVersion> latest(String key) {
    return Optional.ofNullable(of(key).lastEntry())
        .map(last -> version(last.getKey(), last.getValue()));
  }

  private static ObjectVersion version(String id, byte[] content) {
    return new ObjectVersion(id, Md5.of(content), content.length);
  }

  @Override
  public synchronized boolean exists(String key, String id) {
    return of(key).containsKey(id);
  }

  @Override
  public synchronized InputStream open(String key, String id, long from) throws IOException {
    var content = of(key).get(id);
    if (content == null) {
      throw new NoSuchFileException(key);
    }
    var in = new ByteArrayInputStream(content);
    in.skipNBytes(from);
    return in;
  }

  @Override
  public synchronized ObjectVersion put(String key, Path source) throws IOException {
    if (broken.contains(key)) {
      throw new FileSystemException(key, null, "no room for it");
    }
    return put(key, Files.readAllBytes(source));
  }

  synchronized ObjectVersion put(String key, byte[] content) {
    var id = "v" + (of(key).size() + 1);
    of(key).put(id, content);
    return version(id, content);
  }

  /// Damages a version.
  synchronized void replace(String key, String id, byte[] content) {
    of(key).put(id, content);
  }

  synchronized void forget(String key) {
    objects.remove(key);
  }

  /// How many versions there are in all.
  synchronized int count() {
    return objects.values().stream().mapToInt(Map::size).sum();
  }

  /// The store of these versions; nothing else is asked of it.
  record Bucket(Optional<ObjectVersions> versions) implements ObjectStore {
    @Override
    public OptionalLong size(String key) {
      throw new UnsupportedOperationException(key);
    }

    @Override
    public InputStream open(String key, long from, long length) {
      throw new UnsupportedOperationException(key);
    }

    @Override
    public void put(String key, InputStream content, long size) {
      throw new UnsupportedOperationException(key);
    }

    @Override
    public List<ObjectSummary> summaries(String prefix) {
      throw new UnsupportedOperationException(prefix);
    }

    @Override
    public List<StoredEntry> children(String folder) {
      throw new UnsupportedOperationException(folder);
    }

    @Override
    public void delete(String key) {
      throw new UnsupportedOperationException(key);
    }
  }
}
