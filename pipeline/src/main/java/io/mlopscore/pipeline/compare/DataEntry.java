package io.mlopscore.pipeline.compare;

import io.mlopscore.pipeline.Hash;
import java.util.Optional;

/// A file or directory of data.
///
/// @param path relative to the root of the repository, with `/`
/// @param hash empty when nobody recorded it: of a stage that never ran, or a folder of a directory
public record DataEntry(String path, Optional<Hash> hash, boolean isDirectory) {
  /// As people see it: a directory ends with `/`.
  public String shown() {
    return isDirectory ? path + "/" : path;
  }

  /// Names of folders first, as Python compares tuples of them.
  String sortKey() {
    return path.replace('/', '\0');
  }
}
