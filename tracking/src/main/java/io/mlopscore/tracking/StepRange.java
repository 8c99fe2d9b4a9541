package io.mlopscore.tracking;

/// The steps of a metric that are looked at, both ends included.
public record StepRange(long first, long last) {
  /// Every step.
  public static final StepRange ALL = new StepRange(Long.MIN_VALUE, Long.MAX_VALUE);
}
