package io.mlopscore.pipeline.executor;

/// Takes what a task writes. Both streams may call at once.
public interface TaskOutput {
  enum Channel {
    STANDARD,
    ERROR
  }

  /// A command is about to run.
  default void command(String text) {}

  /// The first `length` of `bytes` were written; the array is used again afterwards.
  void write(Channel channel, byte[] bytes, int length);

  /// Whether a task on this machine may read and write the terminal itself, past this object.
  default boolean usesTerminal() {
    return false;
  }
}
