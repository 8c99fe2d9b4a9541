package io.mlopscore.pipeline.remote;

/// What became of an object that is not right.
public enum RepairOutcome {
  LEFT,
  /// It is right again.
  REPAIRED,
  /// It is gone, since nobody has the right bytes.
  DROPPED
}
