package io.mlopscore.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Remembers the MD5 of files by path, inode, size and time of change, so that an unchanged file
/// costs one look at its attributes.
///
/// A private file of ours; losing it costs time only. It is kept by directory, and a directory is
/// taken apart only when it is looked into. Any number of threads may ask.
final class HashIndex {
  private static final int VERSION = 0x6d6c0003;

  /// Of one file, with a short name.
  private static final int ENTRY_BYTES = 48;

  /// A file changed twice within one tick of the file system's clock looks the same; what changed
  /// this recently is hashed again next time.
  private static final long SETTLED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /// @param modified nanoseconds since 1970
  /// @param inode a digest of device and inode
  private record Seen(long modified, long size, int inode, Hash hash) {
    boolean fits(BasicFileAttributes attributes) {
      return modified == modified(attributes)
          && size == attributes.size()
          && inode == Objects.hashCode(attributes.fileKey());
    }

    private static long modified(BasicFileAttributes attributes) {
      return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }
  }

  private final IndexFile file;
  private final boolean legacy;
  private final Map<String, ByteBuffer> stored;
  private final Map<String, Folder> opened = new ConcurrentHashMap<>();
  private volatile boolean changed;

  private HashIndex(IndexFile file, boolean legacy, Map<String, ByteBuffer> stored) {
    this.file = file;
    this.legacy = legacy;
    this.stored = stored;
  }

  /// @param legacy whether it remembers the MD5 that DVC 2 has
  static HashIndex open(Path file, boolean legacy) {
    var index = new IndexFile(file, VERSION);
    return new HashIndex(index, legacy, stored(index));
  }

  boolean isLegacy() {
    return legacy;
  }

  /// The bytes of each directory.
  private static Map<String, ByteBuffer> stored(IndexFile file) {
    var stored = new HashMap<String, ByteBuffer>();
    file.read()
        .ifPresent(
            bytes -> {
              for (int left = bytes.getInt(); left > 0; left--) {
                var directory = IndexFile.text(bytes);
                int length = bytes.getInt();
                stored.put(directory, bytes.slice(bytes.position(), length));
                bytes.position(bytes.position() + length);
              }
            });
    return stored;
  }

  /// The hash of a file whose attributes have just been read.
  Hash hash(Path path, BasicFileAttributes attributes) throws IOException {
    return folder(path.resolveSibling("")).hash(path, name(path), attributes);
  }

  /// Whether a file is known to hold `hash`, as far as its attributes tell.
  boolean knows(Path path, BasicFileAttributes attributes, Hash hash) {
    var known = folder(path.resolveSibling("")).known(name(path), attributes);
    return known.isPresent() && known.get().equals(hash);
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /// What is known of the files directly in a directory.
  Folder folder(Path directory) {
    return opened.computeIfAbsent(directory.toString(), name -> new Folder(takenApart(name)));
  }

  /// The part of the index about one directory.
  final class Folder {
    private final Map<String, Seen> seen;
    /// Whether it is no longer what is stored.
    private volatile boolean differs;

    private Folder(Map<String, Seen> seen) {
      this.seen = seen;
    }

    /// The hash of a file in the directory whose attributes have just been read.
    Hash hash(Path path, String name, BasicFileAttributes attributes) throws IOException {
      var known = known(name, attributes);
      if (known.isPresent()) {
        return known.get();
      }
      var hash = Md5.hash(path, legacy);
      if (isSettled(attributes)) {
        int inode = Objects.hashCode(attributes.fileKey());
        var entry = new Seen(Seen.modified(attributes), attributes.size(), inode, hash);
        seen.put(name, entry);
        differs();
      }
      return hash;
    }

    private Optional<Hash> known(String name, BasicFileAttributes attributes) {
      var entry = seen.get(name);
      return entry != null && entry.fits(attributes) ? Optional.of(entry.hash) : Optional.empty();
    }

    /// Forgets the files that are gone.
    ///
    /// @param names of what the directory holds
    void keep(Set<String> names) {
      if (seen.keySet().retainAll(names)) {
        differs();
      }
    }

    private void differs() {
      differs = true;
      changed = true;
    }
  }

  /// Whether a file last changed so long ago that another change would show.
  static boolean isSettled(BasicFileAttributes attributes) {
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    return now - Seen.modified(attributes) > SETTLED_NANOS;
  }

  private Map<String, Seen> takenApart(String directory) {
    var bytes = stored.get(directory);
    if (bytes == null) {
      return new ConcurrentHashMap<>();
    }
    var entries = bytes.duplicate();
    var seen = new ConcurrentHashMap<String, Seen>(entries.remaining() / ENTRY_BYTES);
    while (entries.hasRemaining()) {
      seen.put(IndexFile.text(entries), entry(entries));
    }
    return seen;
  }

  private Seen entry(ByteBuffer bytes) {
    return new Seen(
        bytes.getLong(),
        bytes.getLong(),
        bytes.getInt(),
        new Hash(bytes.getLong(), bytes.getLong(), false, legacy));
  }

  /// Writes what was learnt.
  void save() {
    if (changed) {
      changed = !file.write(this::write);
    }
  }

  /// A directory about which nothing was learnt goes out as it came in.
  private void write(DataOutputStream out) throws IOException {
    var different = new HashMap<>(opened);
    different.values().removeIf(folder -> !folder.differs);
    var same = new HashMap<>(stored);
    same.keySet().removeAll(different.keySet());
    out.writeInt(same.size() + different.size());
    for (var directory : same.entrySet()) {
      IndexFile.text(out, directory.getKey());
      var bytes = directory.getValue();
      out.writeInt(bytes.limit());
      out.write(bytes.array(), bytes.arrayOffset(), bytes.limit());
    }
    for (var directory : different.entrySet()) {
      IndexFile.text(out, directory.getKey());
      entries(out, directory.getValue().seen);
    }
  }

  private static void entries(DataOutputStream out, Map<String, Seen> seen) throws IOException {
    int length = 0;
    for (var name : seen.keySet()) {
      length += Integer.BYTES + name.getBytes(UTF_8).length + 4 * Long.BYTES + Integer.BYTES;
    }
    out.writeInt(length);
    for (var entry : seen.entrySet()) {
      IndexFile.text(out, entry.getKey());
      var found = entry.getValue();
      out.writeLong(found.modified);
      out.writeLong(found.size);
      out.writeInt(found.inode);
      out.writeLong(found.hash.high());
      out.writeLong(found.hash.low());
    }
  }
}
