package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.concurrent.ThreadLocalRandom;

/// A directory that is not there yet, filled from the cache beside its place and renamed when it is
/// complete: nobody sees half of it, and no file has to be renamed by itself.
record FreshDirectory(ContentCache cache, DirectoryListing listing) {
  void at(Path target) throws IOException {
    var parent = target.toAbsolutePath().resolveSibling("");
    Files.createDirectories(parent);
    var name = "." + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp";
    var temporary = parent.resolve(name);
    try {
      makeFolders(temporary);
      Parallel.local()
          .forEach(
              listing.files().entrySet(),
              file -> cache.fill(file.getValue(), temporary.resolve(file.getKey())));
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Workspace.remove(temporary);
    }
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
