package io.mlopscore.pipeline;

import java.util.Optional;

/// A file of a directory that is recorded file by file.
///
/// @param size bytes; [Tracked#UNKNOWN] when nothing says so
/// @param version where a bucket keeps it; empty until it is pushed
public record VersionedFile(
    Hash hash, long size, boolean executable, Optional<CloudVersion> version) {

  /// A file of which only the content is known.
  public static VersionedFile of(Hash hash) {
    return new VersionedFile(hash, Tracked.UNKNOWN, false, Optional.empty());
  }
}
