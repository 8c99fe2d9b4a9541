package io.mlopscore.pipeline;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers which objects of files a cache was seen to hold, by the folders that have them: for as
/// long as nothing comes into a folder or leaves it, its objects need not be looked at again.
///
/// What it cannot tell is that someone wrote into an object. Any number of threads may ask.
final class HeldObjects {
  private static final int VERSION = 0x6d6c0101;
  private static final int HASH_BYTES = 2 * Long.BYTES;

  /// A folder's objects follow each other, since it has those with the same first byte.
  private static final Comparator<Hash> ORDER =
      Comparator.comparingLong(Hash::high).thenComparingLong(Hash::low);

  private final IndexFile file;
  private final Map<Integer, OptionalLong> states;
  private final Map<Integer, ByteBuffer> known;
  private final Set<Hash> added = ConcurrentHashMap.newKeySet();

  private HeldObjects(
      IndexFile file, Map<Integer, OptionalLong> states, Map<Integer, ByteBuffer> known) {
    this.file = file;
    this.states = states;
    this.known = known;
  }

  /// @param states of the cache's folders by their byte, from before objects are looked for
  static HeldObjects open(Path path, Map<Integer, OptionalLong> states) {
    var file = new IndexFile(path, VERSION);
    var known = new HashMap<Integer, ByteBuffer>();
    file.read().ifPresent(bytes -> take(bytes, states, known));
    return new HeldObjects(file, states, known);
  }

  /// Of a folder that is no longer as it was, nothing is known.
  private static void take(
      ByteBuffer bytes, Map<Integer, OptionalLong> states, Map<Integer, ByteBuffer> known) {
    while (bytes.hasRemaining()) {
      int folder = bytes.getInt();
      long state = bytes.getLong();
      int length = bytes.getInt() * HASH_BYTES;
      if (OptionalLong.of(state).equals(states.get(folder))) {
        known.put(folder, bytes.slice(bytes.position(), length));
      }
      bytes.position(bytes.position() + length);
    }
  }

  boolean has(Hash hash) {
    var sorted = known.get(folder(hash));
    if (sorted == null) {
      return false;
    }
    int from = 0;
    int to = sorted.limit() / HASH_BYTES;
    while (from < to) {
      int middle = (from + to) >>> 1;
      int order = ORDER.compare(at(sorted, middle), hash);
      if (order == 0) {
        return true;
      }
      from = order < 0 ? middle + 1 : from;
      to = order < 0 ? to : middle;
    }
    return false;
  }

  private static Hash at(ByteBuffer hashes, int position) {
    int at = position * HASH_BYTES;
    return new Hash(hashes.getLong(at), hashes.getLong(at + Long.BYTES), false, false);
  }

  /// An object was looked at and is there. Where it has just come, its folder is another one than
  /// before, so that it will be looked at once more.
  void add(Hash hash) {
    added.add(hash);
  }

  private static int folder(Hash hash) {
    return (int) (hash.high() >>> (Long.SIZE - Byte.SIZE));
  }

  void save() {
    if (!added.isEmpty()) {
      file.write(this::write);
    }
  }

  private void write(DataOutputStream out) throws IOException {
    var byFolder = new HashMap<Integer, List<Hash>>();
    known.forEach((folder, hashes) -> byFolder.put(folder, list(hashes)));
    for (var hash : added) {
      byFolder.computeIfAbsent(folder(hash), _ -> new ArrayList<>()).add(hash);
    }
    for (var folder : byFolder.entrySet()) {
      var state = states.getOrDefault(folder.getKey(), OptionalLong.empty());
      if (state.isPresent()) {
        out.writeInt(folder.getKey());
        out.writeLong(state.getAsLong());
        write(folder.getValue(), out);
      }
    }
  }

  private static void write(List<Hash> hashes, DataOutputStream out) throws IOException {
    hashes.sort(ORDER);
    out.writeInt(hashes.size());
    for (var hash : hashes) {
      out.writeLong(hash.high());
      out.writeLong(hash.low());
    }
  }

  private static List<Hash> list(ByteBuffer hashes) {
    var list = new ArrayList<Hash>();
    for (int i = 0; i < hashes.limit() / HASH_BYTES; i++) {
      list.add(at(hashes, i));
    }
    return list;
  }
}
