package io.mlopscore.pipeline.executor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One running command of this machine.
sealed interface ChildProcess permits PosixProcess, JavaProcess {
  /// How to start one.
  ///
  /// @param environment all of it
  /// @param terminal whether what it writes is shown at a terminal, so that it may write for people
  record Start(
      List<String> command, Path directory, Map<String, String> environment, boolean terminal) {}

  /// How to start one, for a system.
  interface Starter {
    ChildProcess start(Start start, TaskOutput output) throws IOException;
  }

  /// @param exitCode below 0 the signal that ended it
  /// @param peakMemory bytes; 0 where it is not known
  record Ended(int exitCode, Duration cpu, long peakMemory) {}

  long pid();

  /// Waits for the end; what was written is with `output` then.
  Ended await() throws IOException, InterruptedException;

  static ChildProcess start(Start start, TaskOutput output) throws IOException {
    return PosixProcess.isPossible()
        ? PosixProcess.start(start, output)
        : JavaProcess.start(start, output);
  }

  /// Asks the process and those it started to end.
  default void terminate() {
    all().forEach(ProcessHandle::destroy);
  }

  /// Ends the process and those it started.
  default void kill() {
    all().forEach(ProcessHandle::destroyForcibly);
  }

  /// The process, then those it started: a shell whose command ended first would go on to its next.
  private List<ProcessHandle> all() {
    return ProcessHandle.of(pid()).stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .toList();
  }
}
