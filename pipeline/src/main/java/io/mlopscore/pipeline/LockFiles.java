package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The lock files of a repository, each read once and again only when another process changed it.
final class LockFiles {
  private final Map<Path, LockFile> files = new HashMap<>();

  /// The entry of a stage, as it was when the file was last looked at.
  Optional<LockEntry> entry(Stage stage) throws IOException {
    return file(stage).entry(stage);
  }

  LockFile file(Stage stage) throws IOException {
    var path = stage.lockFile();
    var known = files.get(path);
    if (known == null) {
      known = LockFile.read(path);
      files.put(path, known);
    }
    return known;
  }

  /// Takes over what other processes wrote.
  void refresh() throws IOException {
    for (var file : files.values()) {
      file.refresh();
    }
  }
}
