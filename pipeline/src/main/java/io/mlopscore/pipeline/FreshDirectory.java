package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;

/// A directory filled from the cache before it is renamed into its place: no file has to be renamed
/// by itself.
record FreshDirectory(ContentCache cache, DirectoryListing listing) {
  void at(Path path) throws IOException {
    makeFolders(path);
    Parallel.local()
        .forEach(
            listing.files().entrySet(),
            file -> cache.fill(file.getValue(), path.resolve(file.getKey())));
  }

  private void makeFolders(Path top) throws IOException {
    Files.createDirectories(top);
    var made = new HashSet<String>();
    for (var file : listing.files().keySet()) {
      int slash = file.lastIndexOf('/');
      if (slash > 0 && made.add(file.substring(0, slash))) {
        Files.createDirectories(top.resolve(file.substring(0, slash)));
      }
    }
  }
}
