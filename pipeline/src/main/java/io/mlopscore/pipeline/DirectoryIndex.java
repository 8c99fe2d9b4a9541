package io.mlopscore.pipeline;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Remembers what directories hashed to, by the files in them: of many files, to find that out once
/// more takes long.
///
/// Any number of threads may ask.
final class DirectoryIndex {
  private static final int VERSION = 0x6d6c0202;

  /// The latest are kept.
  private static final int MOST = 10_000;

  private final IndexFile file;
  private final Map<Fingerprint, Hash> hashed = new LinkedHashMap<>();
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
  }

  /// Writes what was learnt.
  synchronized void save() {
    if (changed) {
      changed = !file.write(this::write);
    }
  }

  private void write(DataOutputStream out) throws IOException {
    var latest = hashed.entrySet().stream().skip(Math.max(0, hashed.size() - MOST)).toList();
    out.writeInt(latest.size());
    for (var known : latest) {
      out.writeLong(known.getKey().high());
      out.writeLong(known.getKey().low());
      out.writeLong(known.getValue().high());
      out.writeLong(known.getValue().low());
    }
  }
}
