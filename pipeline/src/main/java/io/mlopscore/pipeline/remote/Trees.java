package io.mlopscore.pipeline.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Removes files and folders with all that is in them.
final class Trees {
  private Trees() {}

  /// What is not there need not go; links are removed, not followed.
  static void remove(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (var inside = Files.walk(tree)) {
      for (var file : inside.toList().reversed()) {
        Files.delete(file);
      }
    }
  }
}
