package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// An index of its own for git, with nothing in it at first: what is staged stays.
///
/// @param git uses it
record EmptyIndex(Git git, Path file) implements AutoCloseable {
  /// @param temporary a folder for it
  static EmptyIndex of(Git git, Path temporary) throws IOException {
    Files.createDirectories(temporary);
    var file = Files.createTempFile(temporary, "index", "");
    Files.delete(file);
    return new EmptyIndex(git.with("GIT_INDEX_FILE", file.toString()), file);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
