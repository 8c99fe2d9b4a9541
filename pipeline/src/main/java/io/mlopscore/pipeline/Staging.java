package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Where files and directories of the workspace are made before they are renamed into place.
///
/// In a folder of the repository, so that a process that is killed leaves nothing in the middle of
/// tracked data, where both tools would take it for a change; beside the place when that is outside
/// of the repository, or another file system is mounted there.
final class Staging {
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Optional<Folder> folder;
  private volatile boolean prepared;

  private record Folder(Path repository, Path path) {}

  private Staging(Optional<Folder> folder) {
    this.folder = folder;
  }

  static Staging beside() {
    return new Staging(Optional.empty());
  }

  static Staging in(Repository repository) {
    var path = repository.own().resolve("arriving");
    return new Staging(Optional.of(new Folder(repository.root(), path)));
  }

  interface Filler {
    /// @param path where nothing is yet
    void fill(Path path) throws IOException;
  }

  void place(Path target, Filler filler) throws IOException {
    var place = target.toAbsolutePath();
    Files.createDirectories(place.resolveSibling(""));
    if (folder.isPresent() && place.startsWith(folder.get().repository())) {
      try {
        prepare(folder.get().path());
        move(folder.get().path(), place, filler);
        return;
      } catch (AtomicMoveNotSupportedException _) {
        // Another file system: once more, beside the place.
      }
    }
    move(place.resolveSibling(""), place, filler);
  }

  private static void move(Path from, Path target, Filler filler) throws IOException {
    var name = "." + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp";
    var temporary = from.resolve(name);
    try {
      filler.fill(temporary);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      // Also there after the move when both names were links to the same object.
      Trees.remove(temporary);
    }
  }

  /// Takes away what killed processes left a day ago or earlier.
  private void prepare(Path path) throws IOException {
    if (prepared) {
      return;
    }
    Files.createDirectories(path);
    var before = Instant.now().minus(ABANDONED);
    try (var left = Files.newDirectoryStream(path)) {
      for (var abandoned : left) {
        if (Files.getLastModifiedTime(abandoned).toInstant().isBefore(before)) {
          Trees.remove(abandoned);
        }
      }
    }
    prepared = true;
  }
}
