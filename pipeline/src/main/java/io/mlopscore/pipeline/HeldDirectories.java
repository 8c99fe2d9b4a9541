package io.mlopscore.pipeline;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.SequencedMap;

/// Remembers in which state a cache, or a remote that is a directory, held a tracked directory with
/// all its files: to look for each of many files takes long.
///
/// What that cannot tell is that someone wrote into an object: whoever uses one checks it. Any
/// number of threads may ask.
public final class HeldDirectories {
  private static final int VERSION = 0x6d6c0401;

  /// Of so many files, the objects are looked at one by one: that takes no time that anyone
  /// notices.
  static final int FEW_FILES = 10_000;

  /// The latest are kept.
  private static final int MOST = 10_000;

  private final IndexFile file;
  private final SequencedMap<Hash, Long> held = new LinkedHashMap<>();
  private boolean read;
  private boolean changed;

  /// @param path of a private file of ours
  public HeldDirectories(Path path) {
    this.file = new IndexFile(path, VERSION);
  }

  /// Whether all of a large directory was there in a state of [ObjectFolders]; of anything else
  /// nothing is remembered.
  public synchronized boolean has(Tracked directory, OptionalLong state) {
    read();
    var known = held.get(directory.hash());
    return isLarge(directory) && known != null && state.isPresent() && state.getAsLong() == known;
  }

  /// All of a directory is there.
  ///
  /// @param state from before the objects were looked for
  public synchronized void add(Tracked directory, OptionalLong state) {
    if (isLarge(directory) && state.isPresent() && !has(directory, state)) {
      held.putLast(directory.hash(), state.getAsLong());
      changed = true;
    }
  }

  /// What DVC 2 recorded has its objects elsewhere.
  static boolean isLarge(Tracked content) {
    var hash = content.hash();
    return hash.isDirectory() && !hash.isLegacy() && content.files() > FEW_FILES;
  }

  private void read() {
    if (!read) {
      read = true;
      file.read().ifPresent(this::take);
    }
  }

  private void take(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      var directory = new Hash(bytes.getLong(), bytes.getLong(), true, false);
      held.put(directory, bytes.getLong());
    }
  }

  /// Writes what was learnt.
  public synchronized void save() {
    if (changed) {
      changed = !file.write(this::write);
    }
  }

  private void write(DataOutputStream out) throws IOException {
    for (var known : held.entrySet().stream().skip(Math.max(0, held.size() - MOST)).toList()) {
      out.writeLong(known.getKey().high());
      out.writeLong(known.getKey().low());
      out.writeLong(known.getValue());
    }
  }
}
