package io.mlopscore.pipeline;

import java.util.Optional;

/// An output with the content that `dvc.lock` or a `*.dvc` file names.
///
/// @param part a path within a directory when only that is meant; empty for all
record Recorded(Output output, Tracked content, String part) {
  static Optional<Recorded> of(Output output, Optional<Tracked> content) {
    return output.cached()
        ? content.map(found -> new Recorded(output, found, ""))
        : Optional.empty();
  }

  /// Whether a file of the directory is meant.
  boolean means(String file) {
    return part.isEmpty() || file.equals(part) || file.startsWith(part + "/");
  }
}
