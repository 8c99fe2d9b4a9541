package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Folders whose group may write into them, as `cache.shared` asks for: mode 02775, and 0664 for
/// files that are not protected. A folder made within a shared one is shared, too.
final class SharedFolders {
  private static final String MODE = "unix:mode";
  private static final int FOLDER = 02775;
  private static final int FILE = 0664;
  private static final int PERMISSIONS = 07777;

  private SharedFolders() {}

  /// Makes a folder that is shared.
  static void share(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectories(folder.resolveSibling(""));
      create(folder, true);
    }
  }

  /// Makes a folder with all above it.
  static void make(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    var above = folder.toAbsolutePath().getParent();
    if (above == null) {
      return;
    }
    make(above);
    create(folder, isShared(above));
  }

  private static void create(Path folder, boolean shared) throws IOException {
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      return; // another process made it
    }
    if (shared && hasModes(folder)) {
      Files.setAttribute(folder, MODE, FOLDER);
    }
  }

  private static boolean isShared(Path folder) throws IOException {
    return hasModes(folder) && ((int) Files.getAttribute(folder, MODE) & PERMISSIONS) == FOLDER;
  }

  private static boolean hasModes(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  /// Lets the group write a file whose folder is shared.
  static void open(Path file, Path folder) throws IOException {
    if (isShared(folder)) {
      Files.setAttribute(file, MODE, FILE);
    }
  }
}
