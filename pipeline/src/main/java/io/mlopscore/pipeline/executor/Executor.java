package io.mlopscore.pipeline.executor;

import java.io.IOException;

/// Runs the commands of a stage: here, or on another machine that sees the same files.
///
/// May be used by several threads at once.
public interface Executor {
  /// Runs the commands one after the other, until one fails or the time is up.
  ///
  /// @param output told each command before it runs, and given what it writes
  /// @throws IOException when a command cannot be started at all
  /// @throws InterruptedException when the calling thread is interrupted while it waits
  TaskResult run(Task task, TaskOutput output) throws IOException, InterruptedException;

  /// Asked when this process was interrupted at the terminal: whether a task hears that by itself.
  boolean hearsTerminal();
}
