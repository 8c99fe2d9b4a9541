package io.mlopscore.pipeline.files;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The files that are there without any data: those of a folder, or of a commit.
interface BaseFiles {
  Optional<FileEntry> find(String path) throws IOException;

  /// What is directly in a folder; nothing if there is none.
  List<FileEntry> children(String folder) throws IOException;
}
