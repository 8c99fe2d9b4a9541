package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Md5;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/// Which directories a remote was seen to have with all their files: listings by hash, one a line,
/// in a private file per remote.
///
/// Since a listing is uploaded last and removed first, one that is still there vouches for its
/// files; asking for it is one request instead of one per file. Losing the file costs time only.
final class KnownListings {
  private final Path file;
  private final Set<String> known;
  private boolean changed;

  private KnownListings(Path file, Set<String> known) {
    this.file = file;
    this.known = known;
  }

  /// @param folder where the files of all remotes are
  static KnownListings open(Path folder, String url) throws IOException {
    var file = folder.resolve(Md5.of(url.getBytes(StandardCharsets.UTF_8)));
    try {
      return new KnownListings(file, new HashSet<>(Files.readAllLines(file)));
    } catch (NoSuchFileException _) {
      return new KnownListings(file, new HashSet<>());
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
    Files.deleteIfExists(file);
  }

  void save() throws IOException {
    if (!changed) {
      return;
    }
    Files.createDirectories(file.getParent());
    var temporary = Files.createTempFile(file.getParent(), "known", ".tmp");
    try {
      Files.write(temporary, new TreeSet<>(known));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    changed = false;
  }
}
