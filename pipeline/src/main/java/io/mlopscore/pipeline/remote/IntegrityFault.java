package io.mlopscore.pipeline.remote;

/// What is wrong with an object of a cache or a remote.
public enum IntegrityFault {
  /// Its bytes are not those of its name.
  DAMAGED,
  /// It cannot be read.
  UNREADABLE,
  /// It is in use, and not there.
  MISSING
}
