package io.mlopscore.storage;

import java.time.Instant;
import java.util.Optional;

/// What a listing tells of an object.
///
/// @param size bytes
/// @param modified when it was put; empty where the store does not say
public record ObjectSummary(String key, long size, Optional<Instant> modified)
    implements Comparable<ObjectSummary> {
  @Override
  public int compareTo(ObjectSummary other) {
    return key.compareTo(other.key);
  }
}
