package io.mlopscore.pipeline;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Remembers the MD5 of files by path, inode, size and time of change, so that an unchanged file
/// costs one look at its attributes.
///
/// A private file of ours; losing it costs time only.
final class HashIndex {
  private static final int VERSION = 1;

  /// A file changed twice within one tick of the file system's clock looks the same; what changed
  /// this recently is hashed again next time.
  private static final long SETTLED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private record Seen(long modified, long size, String inode, String md5) {}

  private final Path file;
  private final Map<String, Seen> seen;
  private boolean changed;

  private HashIndex(Path file, Map<String, Seen> seen) {
    this.file = file;
    this.seen = seen;
  }

  static HashIndex open(Path file) {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return new HashIndex(file, read(in));
    } catch (IOException | NegativeArraySizeException _) {
      // Absent, or cut short: start anew.
      return new HashIndex(file, new HashMap<>());
    }
  }

  /// The hash of a file whose attributes have just been read.
  Hash hash(Path path, BasicFileAttributes attributes) throws IOException {
    var key = path.toString();
    var inode = Objects.toString(attributes.fileKey(), "");
    long modified = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    var known = seen.get(key);
    if (known != null
        && known.modified == modified
        && known.size == attributes.size()
        && known.inode.equals(inode)) {
      return new Hash(known.md5);
    }
    var md5 = Md5.of(path);
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    if (now - modified > SETTLED_NANOS) {
      seen.put(key, new Seen(modified, attributes.size(), inode, md5));
      changed = true;
    }
    return new Hash(md5);
  }

  /// Writes what was learnt; a failure to do so is not worth failing a command.
  void save() {
    if (!changed) {
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      var temporary = Files.createTempFile(file.getParent(), "hashes", ".tmp");
      try (var out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary)))) {
        write(out);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      changed = false;
    } catch (IOException e) {
      System.getLogger(HashIndex.class.getName())
          .log(System.Logger.Level.DEBUG, "the hash index was not saved", e);
    }
  }

  private static Map<String, Seen> read(DataInputStream in) throws IOException {
    var seen = new HashMap<String, Seen>();
    if (in.readInt() != VERSION) {
      return seen;
    }
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      seen.put(in.readUTF(), new Seen(in.readLong(), in.readLong(), in.readUTF(), in.readUTF()));
    }
    return seen;
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeInt(VERSION);
    out.writeInt(seen.size());
    for (var entry : seen.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeLong(entry.getValue().modified);
      out.writeLong(entry.getValue().size);
      out.writeUTF(entry.getValue().inode);
      out.writeUTF(entry.getValue().md5);
    }
  }
}
