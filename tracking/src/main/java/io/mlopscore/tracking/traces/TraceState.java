package io.mlopscore.tracking.traces;

/// How the traced call went.
public enum TraceState {
  STATE_UNSPECIFIED,
  OK,
  ERROR,
  IN_PROGRESS
}
