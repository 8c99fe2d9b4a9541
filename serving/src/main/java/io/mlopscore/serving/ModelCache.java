package io.mlopscore.serving;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// Copies of models on this machine, in a folder that several servers may share. The newest
/// [#KEPT] stay, to go back to; of the others those that some server used in the last hour. Who
/// uses a copy says so by the time of its folder, which a `kill -9` cannot leave behind.
///
/// @param folder made when the first copy is
/// @param clock tells when a copy was used; servers that share the folder agree about it by minutes
public record ModelCache(Path folder, Clock clock) {
  static final int KEPT = 3;
  static final Duration UNUSED_AFTER = Duration.ofHours(1);
  private static final Duration SAID_EVERY = Duration.ofMinutes(15);

  /// Brings a model into a folder, which exists and is empty.
  @FunctionalInterface
  interface Download {
    void into(Path folder) throws IOException;
  }

  /// @param lastUsed as its users said
  record Copy(Path folder, Instant lastUsed) {}

  /// The copy of a name, which is made unless it is there. It comes under a name of its own and is
  /// renamed, so that a half copy is never taken for a whole.
  Path copy(String name, Download download) throws IOException {
    var target = folder.resolve(name);
    if (!Files.isDirectory(target)) {
      var part = folder.resolve(name + "." + UUID.randomUUID());
      try {
        download.into(Files.createDirectories(part));
        Files.move(part, target);
      } catch (FileSystemException e) {
        if (!Files.isDirectory(target)) {
          throw e;
        }
        // Another server was faster, by however little: its copy is whole.
      } finally {
        delete(part);
      }
    }
    say(target);
    return target;
  }

  /// The copy of a name, which must be there.
  Path held(String name) throws IOException {
    var target = folder.resolve(name);
    if (!Files.isDirectory(target)) {
      throw new NoSuchFileException(target.toString(), null, "the copy is not there any more");
    }
    say(target);
    return target;
  }

  /// Says now and then that a copy is in use, and removes those that nobody uses.
  void keep(Path used) throws IOException {
    if (Duration.between(lastUsed(used), clock.instant()).compareTo(SAID_EVERY) < 0) {
      return;
    }
    say(used);
    for (var copy : unused(copies(), clock.instant())) {
      remove(copy.folder());
    }
  }

  /// Which copies may go.
  static List<Copy> unused(List<Copy> copies, Instant now) {
    return copies.stream()
        .sorted(Comparator.comparing(Copy::lastUsed).reversed())
        .skip(KEPT)
        .filter(copy -> copy.lastUsed().isBefore(now.minus(UNUSED_AFTER)))
        .toList();
  }

  private List<Copy> copies() throws IOException {
    var copies = new ArrayList<Copy>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder, Files::isDirectory)) {
      for (var each : folders) {
        copies.add(new Copy(each, lastUsed(each)));
      }
    }
    return copies;
  }

  /// Renamed first: whoever reads it at this moment finds nothing rather than a part of it.
  void remove(Path copy) throws IOException {
    var removed = folder.resolve(copy.getFileName() + "." + UUID.randomUUID());
    try {
      Files.move(copy, removed);
    } catch (NoSuchFileException _) {
      return; // another server did it
    }
    delete(removed);
  }

  private static Instant lastUsed(Path copy) throws IOException {
    return Files.getLastModifiedTime(copy).toInstant();
  }

  private void say(Path copy) throws IOException {
    Files.setLastModifiedTime(copy, FileTime.from(clock.instant()));
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (var paths = Files.walk(tree)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
