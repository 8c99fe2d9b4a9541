package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/// Moves contents between the workspace and the cache.
final class Outputs {
  private final Workspace workspace;
  private final ContentCache cache;

  Outputs(Workspace workspace, ContentCache cache) {
    this.workspace = workspace;
    this.cache = cache;
  }

  /// Stores what is at a path; of a directory first the files, then the listing.
  void store(Path path, Tracked content) throws IOException {
    if (!content.hash().isDirectory()) {
      cache.add(path, content.hash());
      return;
    }
    var listing = workspace.scan(path).listing();
    for (var file : listing.files().entrySet()) {
      cache.add(path.resolve(file.getKey()), file.getValue());
    }
    cache.add(listing);
  }

  /// Makes a path hold `content`, which the cache has; files that are right already stay.
  void restore(Path path, Tracked content) throws IOException {
    if (!content.hash().isDirectory()) {
      cache.checkout(content.hash(), path, content.executable());
      return;
    }
    if (!Files.isDirectory(path)) {
      Workspace.remove(path);
    }
    Files.createDirectories(path);
    var wanted = cache.listing(content.hash()).files();
    var present = workspace.filesIn(path);
    for (var file : present.keySet()) {
      if (!wanted.containsKey(file)) {
        Files.delete(path.resolve(file));
      }
    }
    for (var file : wanted.entrySet()) {
      restoreFile(path.resolve(file.getKey()), file, present);
    }
  }

  private void restoreFile(Path target, Map.Entry<String, Hash> file, Map<String, Hash> present)
      throws IOException {
    if (!file.getValue().equals(present.get(file.getKey()))) {
      cache.checkout(file.getValue(), target, false);
    }
  }

  /// Clears the way for a run: outputs go, except those that persist between runs.
  static void clear(Stage stage) throws IOException {
    for (var output : stage.outputs()) {
      if (!output.persist()) {
        Workspace.remove(output.file());
      }
      var folder = output.file().getParent();
      if (folder != null && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(folder);
      }
    }
  }
}
