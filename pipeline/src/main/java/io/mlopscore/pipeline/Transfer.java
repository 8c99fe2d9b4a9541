package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Moves objects between the cache and a remote.
final class Transfer {
  /// @param moved how many objects were copied
  /// @param missing those that the source lacks, too
  public record Report(int moved, List<Hash> missing) {
    public Report {
      missing = List.copyOf(missing);
    }
  }

  private final ContentCache cache;
  private final Remote remote;
  private final List<Hash> missing = new ArrayList<>();
  private int moved;

  Transfer(ContentCache cache, Remote remote) {
    this.cache = cache;
    this.remote = remote;
  }

  Report push(Collection<Hash> hashes) throws IOException {
    for (var hash : hashes) {
      if (hash.isDirectory() && cache.contains(hash)) {
        pushDirectory(hash);
      } else {
        pushObject(hash);
      }
    }
    return new Report(moved, missing);
  }

  /// The listing goes last, and only if every file arrived: whoever finds it at the remote takes
  /// the files for granted.
  private void pushDirectory(Hash hash) throws IOException {
    int before = missing.size();
    for (var file : cache.listing(hash).files().values()) {
      pushObject(file);
    }
    if (missing.size() == before) {
      pushObject(hash);
    }
  }

  private void pushObject(Hash hash) throws IOException {
    var key = Remote.key(hash);
    if (remote.store().exists(key)) {
      return;
    }
    if (!cache.contains(hash)) {
      missing.add(hash);
      return;
    }
    remote.store().put(key, cache.object(hash));
    moved++;
  }

  Report fetch(Collection<Hash> hashes) throws IOException {
    for (var hash : hashes) {
      if (fetchObject(hash) && hash.isDirectory()) {
        for (var file : cache.listing(hash).files().values()) {
          fetchObject(file);
        }
      }
    }
    return new Report(moved, missing);
  }

  /// Whether the cache has the object in the end.
  private boolean fetchObject(Hash hash) throws IOException {
    if (cache.contains(hash)) {
      return true;
    }
    var key = Remote.key(hash);
    if (!remote.store().exists(key)) {
      missing.add(hash);
      return false;
    }
    cache.place(hash, temporary -> download(key, temporary), remote.name() + ":" + key);
    moved++;
    return true;
  }

  private void download(String key, Path target) throws IOException {
    try (var in = remote.store().open(key)) {
      Files.copy(in, target);
    }
  }
}
