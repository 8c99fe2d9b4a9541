package io.mlopscore.pipeline;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Remembers what directories hashed to, by the files in them, and in which state the cache was
/// when it held all of a directory; to find either out again takes long for many files.
///
/// Any number of threads may ask.
final class DirectoryIndex {
  private static final int VERSION = 0x6d6c0201;

  /// Of each kind; the latest are kept.
  private static final int MOST = 10_000;

  private final IndexFile file;
  private final Map<Fingerprint, Hash> hashed = new LinkedHashMap<>();
  private final Map<Hash, Long> held = new LinkedHashMap<>();
  private boolean read;
  private boolean changed;

  DirectoryIndex(Path path) {
    this.file = new IndexFile(path, VERSION);
  }

  /// The hash of a directory's listing.
  synchronized Hash hash(ScannedFiles files) {
    read();
    var fingerprint = files.fingerprint();
    var known = hashed.get(fingerprint);
    if (known != null) {
      return known.as(files.isLegacy());
    }
    var hash = files.listing().hash();
    hashed.put(fingerprint, hash.as(false));
    changed = true;
    return hash;
  }

  /// Whether the cache held all of a directory when it was in this state.
  synchronized boolean wasHeld(Hash directory, OptionalLong cacheState) {
    read();
    var state = held.get(directory);
    return state != null && cacheState.isPresent() && cacheState.getAsLong() == state;
  }

  /// @param cacheState from before the objects were looked for
  synchronized void holds(Hash directory, OptionalLong cacheState) {
    read();
    cacheState.ifPresent(
        state -> {
          held.put(directory, state);
          changed = true;
        });
  }

  private void read() {
    if (!read) {
      read = true;
      file.read().ifPresent(this::take);
    }
  }

  private void take(ByteBuffer bytes) {
    for (int left = bytes.getInt(); left > 0; left--) {
      var fingerprint = new Fingerprint(bytes.getLong(), bytes.getLong());
      hashed.put(fingerprint, new Hash(bytes.getLong(), bytes.getLong(), true, false));
    }
    for (int left = bytes.getInt(); left > 0; left--) {
      var directory = new Hash(bytes.getLong(), bytes.getLong(), true, bytes.get() == 1);
      held.put(directory, bytes.getLong());
    }
  }

  /// Writes what was learnt.
  synchronized void save() {
    if (changed) {
      changed = !file.write(this::write);
    }
  }

  private void write(DataOutputStream out) throws IOException {
    var directories = latest(hashed);
    out.writeInt(directories.size());
    for (var known : directories) {
      out.writeLong(known.getKey().high());
      out.writeLong(known.getKey().low());
      out.writeLong(known.getValue().high());
      out.writeLong(known.getValue().low());
    }
    var states = latest(held);
    out.writeInt(states.size());
    for (var known : states) {
      out.writeLong(known.getKey().high());
      out.writeLong(known.getKey().low());
      out.writeBoolean(known.getKey().isLegacy());
      out.writeLong(known.getValue());
    }
  }

  private static <K, V> List<Map.Entry<K, V>> latest(Map<K, V> known) {
    return known.entrySet().stream().skip(Math.max(0, known.size() - MOST)).toList();
  }
}
