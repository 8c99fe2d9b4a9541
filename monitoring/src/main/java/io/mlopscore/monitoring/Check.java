package io.mlopscore.monitoring;

/// One thing that was looked at, and what came of it.
///
/// @param name what was looked at, such as `golden`
/// @param detail what was found, as a sentence without its full stop
public record Check(String name, State state, String detail) {
  /// What came of it; only FAILED is a failure.
  public enum State {
    PASSED,
    FAILED,
    SKIPPED
  }

  static Check passed(String name, String detail) {
    return new Check(name, State.PASSED, detail);
  }

  static Check failed(String name, String detail) {
    return new Check(name, State.FAILED, detail);
  }

  static Check skipped(String name, String detail) {
    return new Check(name, State.SKIPPED, detail);
  }

  static Check of(String name, boolean isPassed, String detail) {
    return isPassed ? passed(name, detail) : failed(name, detail);
  }

  public boolean isFailed() {
    return state == State.FAILED;
  }
}
