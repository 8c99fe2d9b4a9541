package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/// Makes files of the workspace writable without changing the cache: a link to an object becomes a
/// copy of it.
final class Unprotect {
  private Unprotect() {}

  /// A file, or every file below a directory; what is not there needs nothing.
  static void at(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      file(path);
      return;
    }
    try (var files = Files.walk(path)) {
      for (var file : (Iterable<Path>) files::iterator) {
        if (!Files.isDirectory(file)) {
          file(file);
        }
      }
    }
  }

  private static void file(Path file) throws IOException {
    if (!Files.isRegularFile(file) || (isOwn(file) && isWritable(file))) {
      return;
    }
    boolean executable = Files.isExecutable(file);
    Staging.beside()
        .place(
            file,
            temporary -> {
              ObjectFiles.fill(file, temporary);
              if (executable) {
                FileMode.makeExecutable(temporary);
              }
            });
  }

  /// The superuser may write everything, so the mode is asked.
  private static boolean isWritable(Path file) throws IOException {
    return FileMode.view(file).isEmpty()
        ? Files.isWritable(file)
        : Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_WRITE);
  }

  private static boolean isOwn(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return false;
    }
    return !file.getFileSystem().supportedFileAttributeViews().contains("unix")
        || (int) Files.getAttribute(file, "unix:nlink") == 1;
  }
}
