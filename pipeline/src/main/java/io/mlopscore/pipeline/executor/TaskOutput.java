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

  /// Whether what is written is shown at a terminal at once, so that programs may write as they do
  /// for people: in colours, and with both streams as one.
  default boolean isShown() {
    return false;
  }
}
