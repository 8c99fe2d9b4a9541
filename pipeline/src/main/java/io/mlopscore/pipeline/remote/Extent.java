package io.mlopscore.pipeline.remote;

/// How much of an import is done at once.
public enum Extent {
  /// Download, and record what came.
  ALL,
  /// Record what is there, without downloading.
  NO_DOWNLOAD,
  /// Record where it comes from alone.
  NO_EXEC
}
