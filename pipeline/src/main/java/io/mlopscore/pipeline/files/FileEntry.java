package io.mlopscore.pipeline.files;

import io.mlopscore.pipeline.Hash;
import java.nio.file.Path;
import java.util.Optional;

/// A file or folder of a repository.
///
/// @param path relative to the root, with `/`; empty for the root
/// @param isOutput whether it is data, or part of it
/// @param size bytes; negative when it is not known without the content
/// @param hash of data; of a folder, that of its listing
public record FileEntry(
    String path,
    boolean isFolder,
    boolean isOutput,
    boolean isExecutable,
    long size,
    Optional<Hash> hash,
    Source source) {
  public static final long UNKNOWN = -1;

  /// Where the bytes are.
  public sealed interface Source {
    record OnDisk(Path file) implements Source {}

    /// @param id of the blob
    record InGit(String id) implements Source {}

    /// In the cache, by the hash of the entry, or still to be fetched.
    record InCache() implements Source {}
  }

  static FileEntry folder(String path) {
    return new FileEntry(path, true, false, false, 0, Optional.empty(), new Source.InCache());
  }

  /// The last part of the path.
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// The same as data with this content.
  FileEntry asOutput(FileEntry data) {
    return new FileEntry(
        path, isFolder, true, isExecutable || data.isExecutable, size, data.hash, source);
  }
}
