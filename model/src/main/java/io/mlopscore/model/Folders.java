package io.mlopscore.model;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/// Whole folders as one step.
final class Folders {
  private Folders() {}

  /// Puts a folder in the place of another one on the same file system.
  static void replace(Path place, Path fresh) throws IOException {
    var old = fresh.resolveSibling(fresh.getFileName() + ".old");
    if (Files.exists(place)) {
      Files.move(place, old);
    }
    try {
      Files.move(fresh, place);
    } catch (FileSystemException e) {
      if (Files.exists(old)) {
        Files.move(old, place);
      }
      throw e;
    }
    delete(old);
  }

  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var paths = Files.walk(directory)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /// Temporary folders are private; a model folder is not.
  static void readableByOthers(Path directory) throws IOException {
    if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
