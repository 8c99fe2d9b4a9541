package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Who may read, write and run a file. Where files have no mode, as on Windows, nothing happens.
final class FileMode {
  /// Of an object that is verified: 0444.
  static final Set<PosixFilePermission> READ_ONLY = PosixFilePermissions.fromString("r--r--r--");

  private FileMode() {}

  /// Whether it is a regular file of mode 0444.
  static boolean isReadOnly(Path file) throws IOException {
    var view = view(file);
    if (view.isEmpty()) {
      return false;
    }
    try {
      var attributes = view.get().readAttributes();
      return attributes.isRegularFile() && attributes.permissions().equals(READ_ONLY);
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  static void makeReadOnly(Path file) throws IOException {
    var view = view(file);
    if (view.isPresent()) {
      view.get().setPermissions(READ_ONLY);
    }
  }

  /// Whoever may read it may run it, and its owner in any case.
  static void makeExecutable(Path file) throws IOException {
    var view = view(file);
    if (view.isPresent()) {
      var permissions = new HashSet<>(view.get().readAttributes().permissions());
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      if (permissions.contains(PosixFilePermission.GROUP_READ)) {
        permissions.add(PosixFilePermission.GROUP_EXECUTE);
      }
      if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
        permissions.add(PosixFilePermission.OTHERS_EXECUTE);
      }
      view.get().setPermissions(permissions);
    }
  }

  /// Empty where files have no mode.
  static Optional<PosixFileAttributeView> view(Path file) {
    return Optional.ofNullable(Files.getFileAttributeView(file, PosixFileAttributeView.class));
  }
}
