package io.mlopscore.pipeline.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mlopscore.pipeline.IndexFile;
import io.mlopscore.pipeline.Md5;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// Which directories a remote was seen to have with all their files: listings by hash, in a private
/// file per remote.
///
/// Since a listing is uploaded last and removed first, one that is still there vouches for its
/// files; asking for it is one request instead of one per file.
final class KnownListings {
  private static final int VERSION = 0x6d6c0301;

  private final IndexFile file;
  private final Set<String> known = new HashSet<>();
  private boolean changed;

  private KnownListings(IndexFile file) {
    this.file = file;
    file.read().ifPresent(this::take);
  }

  /// @param folder where the files of all remotes are
  static KnownListings open(Path folder, String url) {
    return new KnownListings(new IndexFile(folder.resolve(Md5.of(url.getBytes(UTF_8))), VERSION));
  }

  private void take(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      known.add(IndexFile.text(bytes));
    }
  }

  boolean has(StoredObject listing) {
    return known.contains(listing.content().labelled());
  }

  void add(StoredObject listing) {
    changed |= known.add(listing.content().labelled());
  }

  void remove(StoredObject listing) {
    changed |= known.remove(listing.content().labelled());
  }

  void forget() throws IOException {
    known.clear();
    changed = false;
    Files.deleteIfExists(file.path());
  }

  void save() {
    if (changed) {
      changed = !file.write(this::write);
    }
  }

  private void write(DataOutputStream out) throws IOException {
    for (var listing : known) {
      IndexFile.text(out, listing);
    }
  }
}
