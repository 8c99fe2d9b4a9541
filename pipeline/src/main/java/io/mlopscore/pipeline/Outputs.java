package io.mlopscore.pipeline;

import io.mlopscore.pipeline.Workspace.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

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
    var listing =
        content.hash().isDirectory()
            ? Optional.of(workspace.scan(path).listing())
            : Optional.<DirectoryListing>empty();
    store(path, new Found(content, listing));
  }

  /// As above, for what has just been found there.
  void store(Path path, Found found) throws IOException {
    if (found.listing().isEmpty()) {
      add(path, found.content().hash());
      return;
    }
    var listing = found.listing().get();
    Parallel.local()
        .forEach(
            listing.files().entrySet(), file -> add(path.resolve(file.getKey()), file.getValue()));
    cache.add(listing);
  }

  private void add(Path file, Hash hash) throws IOException {
    cache.add(file, hash, path -> workspace.isKnown(path, hash));
  }

  /// Makes a path hold `content`, which the cache has; files that are right already stay.
  void restore(Path path, Tracked content) throws IOException {
    if (!content.hash().isDirectory()) {
      cache.checkout(content.hash(), path, content.executable());
      return;
    }
    var wanted = cache.listing(content.hash());
    if (Files.isDirectory(path)) {
      update(path, wanted);
    } else {
      Workspace.remove(path);
      new FreshDirectory(cache, wanted).at(path);
    }
  }

  private void update(Path path, DirectoryListing listing) throws IOException {
    var wanted = listing.files();
    var present = workspace.filesIn(path);
    for (var file : present.keySet()) {
      if (!wanted.containsKey(file)) {
        Files.delete(path.resolve(file));
      }
    }
    Parallel.local()
        .forEach(
            wanted.entrySet(),
            file -> {
              if (!file.getValue().equals(present.get(file.getKey()))) {
                cache.checkout(file.getValue(), path.resolve(file.getKey()), false);
              }
            });
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
