package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Where contents can be had from by their hashes.
public interface ObjectSource {
  /// A file with a content; empty when it cannot be had.
  Optional<Path> find(Hash hash) throws IOException;

  /// The objects of a cache.
  static ObjectSource of(ContentCache cache) {
    return hash -> cache.contains(hash) ? Optional.of(cache.object(hash)) : Optional.empty();
  }
}
