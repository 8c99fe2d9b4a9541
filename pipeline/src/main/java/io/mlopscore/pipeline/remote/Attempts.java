package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.WholeFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Tries again what may pass, after a pause that doubles.
///
/// @param most how many tries at all
/// @param pause before the second try
record Attempts(int most, Duration pause) {
  /// A server that restarts is back within these tries: 0.5 + 1 + 2 + 4 seconds.
  static final Attempts OVER_NETWORK = new Attempts(5, Duration.ofMillis(500));

  static final Attempts ONE = new Attempts(1, Duration.ZERO);

  interface Step {
    void run() throws IOException;
  }

  void run(Step step) throws IOException {
    for (int tried = 1; ; tried++) {
      try {
        step.run();
        return;
      } catch (IOException e) {
        if (tried >= most || !mayPass(e)) {
          throw e;
        }
      }
      await(tried);
    }
  }

  /// Missing objects, refused access and full disks stay what they are.
  static boolean mayPass(IOException e) {
    return !(e instanceof NoSuchFileException
        || e instanceof AccessDeniedException
        || e instanceof FileSystemException
        || WholeFile.isFull(e));
  }

  private void await(int tried) throws IOException {
    long most = pause.toMillis() << (tried - 1);
    try {
      Thread.sleep(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting to try again", e);
    }
  }
}
