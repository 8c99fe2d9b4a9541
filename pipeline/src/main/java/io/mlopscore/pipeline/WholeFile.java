package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;

/// Files that change in one step: whoever reads one, also after a kill or when the disk was full,
/// finds the old content or the new one.
///
/// Not for data, which may be large: see [ObjectFiles] and [Staging].
public final class WholeFile {
  private WholeFile() {}

  interface Filler {
    /// @param path where nothing is yet, or what a killed process left
    void fill(Path path) throws IOException;
  }

  /// Writes a text where a file may be; one that is there keeps its permissions, and a link leads
  /// to where it did.
  public static void write(Path file, String text) throws IOException {
    var target = Files.exists(file) ? file.toRealPath() : file;
    replace(
        target,
        temporary -> {
          Files.writeString(temporary, text);
          keepPermissions(target, temporary);
        });
  }

  /// Of one name for each file, so that what a killed process left goes with the next writing.
  static void replace(Path file, Filler filler) throws IOException {
    var temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      filler.fill(temporary);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw about(file, e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /// What is said of a full disk names no file.
  static IOException about(Path file, IOException failure) {
    if (failure instanceof FileSystemException || !isFull(failure)) {
      return failure;
    }
    var named = new FileSystemException(file.toString(), null, failure.getMessage());
    named.initCause(failure);
    return named;
  }

  /// Whether a disk, or what a user may have of it, is full.
  public static boolean isFull(IOException failure) {
    var message = String.valueOf(failure.getMessage());
    return message.contains("No space left") || message.contains("quota exceeded");
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    var view = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    if (view != null && Files.exists(from)) {
      Files.setPosixFilePermissions(to, view.readAttributes().permissions());
    }
  }
}
