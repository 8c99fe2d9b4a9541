package io.mlopscore.pipeline.remote;

/// How an object differs between the cache and a remote.
public enum Difference {
  /// Only the remote has it.
  DELETED,
  /// Only the cache has it.
  NEW,
  /// Neither has it.
  MISSING
}
