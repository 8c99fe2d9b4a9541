package io.mlopscore.pipeline.remote;

import java.time.Instant;
import java.util.Optional;

/// An object that a cache or remote has, used or not.
///
/// @param size bytes
/// @param modified when it came; empty where nobody tells
record KeptObject(String key, long size, Optional<Instant> modified) {
  boolean isListing() {
    return key.endsWith(".dir");
  }

  boolean isLegacy() {
    return !key.startsWith("files/");
  }

  StoredObject object() {
    return new StoredObject(key, key);
  }
}
