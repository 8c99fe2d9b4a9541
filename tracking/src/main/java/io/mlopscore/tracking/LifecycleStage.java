package io.mlopscore.tracking;

/// Whether an experiment or run is in use or waits in the bin.
public enum LifecycleStage {
  ACTIVE,
  DELETED
}
