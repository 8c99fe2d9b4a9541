package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.List;

/// Makes files of the workspace independent of the cache: a link becomes a copy that can be
/// written.
final class Unprotection {
  private Unprotection() {}

  /// Unprotects a file, or all files of a directory; what is not there needs nothing.
  static void of(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    List<Path> files;
    try (var walk = Files.walk(path)) {
      files = walk.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)).toList();
    }
    for (var file : files) {
      if (Files.isSymbolicLink(file) || !Files.isWritable(file) || isReadOnly(file)) {
        replace(file);
      }
    }
  }

  /// Asked of the mode, since root may write whatever it says.
  private static boolean isReadOnly(Path file) throws IOException {
    return Files.isRegularFile(file)
        && !Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_WRITE);
  }

  private static void replace(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return;
    }
    WholeFile.replace(
        file,
        temporary -> {
          Files.copy(file, temporary, StandardCopyOption.REPLACE_EXISTING);
          var permissions = new HashSet<>(Files.getPosixFilePermissions(temporary));
          permissions.add(PosixFilePermission.OWNER_WRITE);
          Files.setPosixFilePermissions(temporary, permissions);
        });
  }
}
