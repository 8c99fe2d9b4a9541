package io.mlopscore.pipeline;

import java.util.Optional;

/// Content found at a path or recorded for it.
///
/// @param size bytes; of a directory, those of all its files; [#UNKNOWN] when nobody counted
/// @param files how many files a directory has; 0 for a file
/// @param executable whether a single file can be executed
/// @param versions where a cloud versioned remote keeps it, if that is recorded
public record Tracked(Hash hash, long size, int files, boolean executable, Versions versions) {
  static final long UNKNOWN = -1;

  public Tracked(Hash hash, long size, int files, boolean executable) {
    this(hash, size, files, executable, Versions.NONE);
  }

  boolean sameContent(Tracked other) {
    return hash.equals(other.hash);
  }

  /// As it was recorded before, if it is the same still: with its versions, and as DVC has it, not
  /// executable if it was pushed as such.
  Tracked orAsBefore(Optional<Tracked> before) {
    return before
        .filter(known -> known.versions instanceof Versions.OfFile && sameContent(known))
        .orElse(this);
  }

  public Tracked with(Versions known) {
    return new Tracked(hash, size, files, executable, known);
  }
}
