package io.mlopscore.tracking;

import io.mlopscore.storage.SignedTransfers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The files below one artifact root: of a run, of a model, or of a whole server.
///
/// Paths are relative, with `/` between names; see [ArtifactPath]. An empty path is the root.
public interface ArtifactRepository {
  /// A file as a bucket knows it, and what hands out URLs to it.
  record SignedFile(SignedTransfers transfers, String key) {}

  /// The file at a path; empty if there is none, or a folder.
  Optional<FileInfo> find(String path) throws IOException;

  /// The direct children of a folder, by name; empty if there is nothing.
  List<FileInfo> list(String path) throws IOException;

  /// The bytes of one file; the caller closes the stream.
  ///
  /// @throws java.nio.file.NoSuchFileException if there is none
  default InputStream open(String path) throws IOException {
    return open(path, 0, Long.MAX_VALUE);
  }

  /// A part of a file; the caller closes the stream.
  ///
  /// @param length how many bytes at most
  InputStream open(String path, long from, long length) throws IOException;

  /// Writes a file from a stream; it appears under its name when all of it is stored safely.
  ///
  /// @param size how many bytes will come, or -1 where nobody knows
  void write(String path, InputStream content, long size) throws IOException;

  /// Writes a file from one of this machine, again where that may help.
  default void write(String path, Path source) throws IOException {
    try (var content = Files.newInputStream(source)) {
      write(path, content, Files.size(source));
    }
  }

  /// Deletes a file, or a folder with all that is in it; nothing happens if it is not there.
  void delete(String path) throws IOException;

  /// What lets others reach a file without this process; empty where the place cannot.
  default Optional<SignedFile> signed(String path) {
    return Optional.empty();
  }
}
