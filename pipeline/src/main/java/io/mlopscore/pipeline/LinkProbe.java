package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Finds out by trial which links from the workspace into the cache the file systems allow.
///
/// @param cache where links point to
/// @param workspace where they stand
record LinkProbe(Path cache, Path workspace) {
  /// The links that work, best first; a copy always does.
  List<LinkType> possible() throws IOException {
    var name = "." + UUID.randomUUID() + ".tmp";
    var object = Files.writeString(cache.resolve(name), "x");
    var link = workspace.resolve(name);
    var possible = new ArrayList<LinkType>();
    try {
      for (var type : LinkType.values()) {
        if (works(type, object, link)) {
          possible.add(type);
        }
        Files.deleteIfExists(link);
      }
    } finally {
      Files.deleteIfExists(object);
    }
    return possible;
  }

  private static boolean works(LinkType type, Path object, Path link) {
    try {
      switch (type) {
        case REFLINK -> {
          return clones(object, link);
        }
        case HARDLINK -> Files.createLink(link, object);
        case SYMLINK -> Files.createSymbolicLink(link, object);
        case COPY -> Files.copy(object, link);
      }
      return true;
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }

  /// The system's own `cp` knows how; Windows has none.
  private static boolean clones(Path object, Path link) throws IOException {
    var system = System.getProperty("os.name", "");
    if (system.startsWith("Windows")) {
      return false;
    }
    var how = system.startsWith("Mac") ? "-c" : "--reflink=always";
    var copy =
        new ProcessBuilder("cp", how, object.toString(), link.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return copy.waitFor() == 0;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
