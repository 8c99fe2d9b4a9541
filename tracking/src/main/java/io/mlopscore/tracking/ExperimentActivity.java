package io.mlopscore.tracking;

/// What goes on in an experiment.
///
/// @param runs how many active runs it has
/// @param lastActivity when one of them last began or ended, milliseconds since the epoch
public record ExperimentActivity(long runs, long lastActivity) {
  static ExperimentActivity of(RunInfo run) {
    var end = run.endTime();
    return new ExperimentActivity(1, end == null ? run.startTime() : end);
  }

  ExperimentActivity and(ExperimentActivity other) {
    return new ExperimentActivity(runs + other.runs, Math.max(lastActivity, other.lastActivity));
  }
}
