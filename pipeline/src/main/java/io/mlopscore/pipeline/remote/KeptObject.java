package io.mlopscore.pipeline.remote;

import java.time.Instant;

/// An object that a cache or remote has, used or not.
///
/// @param size bytes, 0 where that takes a request of its own to know
/// @param modified when it came; the epoch where nobody tells
record KeptObject(String key, long size, Instant modified) {
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
