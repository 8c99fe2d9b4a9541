package io.mlopscore.pipeline;

/// Content found at a path or recorded for it.
///
/// @param size bytes; of a directory, those of all its files; [#UNKNOWN] when nobody counted
/// @param files how many files a directory has; 0 for a file
/// @param executable whether a single file can be executed
public record Tracked(Hash hash, long size, int files, boolean executable) {
  static final long UNKNOWN = -1;

  boolean sameContent(Tracked other) {
    return hash.equals(other.hash);
  }
}
