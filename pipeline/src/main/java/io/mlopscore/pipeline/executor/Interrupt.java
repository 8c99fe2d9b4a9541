package io.mlopscore.pipeline.executor;

/// Whether an interrupt at the terminal was meant for commands.
///
/// Commands hear it from the terminal at the same moment as this process, and may have ended by it
/// before this process looks.
final class Interrupt {
  private static final int SIGNAL = 2;

  /// What a shell returns when its command was interrupted.
  private static final int SHELL_CODE = 128 + SIGNAL;

  private int running;
  private boolean known;
  private boolean unknownEnd;

  synchronized void started() {
    running++;
    unknownEnd = false;
  }

  synchronized void ended(int exitCode) {
    running--;
    unknownEnd |= !known && (exitCode == -SIGNAL || exitCode == SHELL_CODE);
    known &= running > 0;
  }

  /// Asked when this process was interrupted: whether a command was, too.
  synchronized boolean isForCommands() {
    boolean theirs = running > 0 || unknownEnd;
    known = running > 0;
    unknownEnd = false;
    return theirs;
  }
}
