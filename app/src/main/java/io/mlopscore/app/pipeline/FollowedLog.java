package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.experiments.ExperimentQueue;
import io.mlopscore.pipeline.experiments.QueuedTask;
import io.mlopscore.pipeline.experiments.QueuedTask.State;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/// The log of a task, printed as it grows until the task is over.
record FollowedLog(ExperimentQueue queue, QueuedTask task) {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int BUFFER = 1 << 13;

  /// @return whether it ended well
  boolean print(PrintStream out) throws IOException {
    long shown = 0;
    while (true) {
      boolean over = isIn(State.SUCCESS) || isIn(State.FAILED);
      shown = more(out, shown);
      if (over) {
        return isIn(State.SUCCESS);
      }
      if (queue.find(task.revision(), List.of(State.values())).isEmpty()) {
        return false; // somebody removed it
      }
      pause();
    }
  }

  private boolean isIn(State state) throws IOException {
    return queue.find(task.revision(), List.of(state)).isPresent();
  }

  private long more(PrintStream out, long from) throws IOException {
    if (!Files.exists(queue.log(task))) {
      return from;
    }
    long shown = from;
    try (var log = new RandomAccessFile(queue.log(task).toFile(), "r")) {
      log.seek(from);
      var buffer = new byte[BUFFER];
      for (int read = log.read(buffer); read > 0; read = log.read(buffer)) {
        out.write(buffer, 0, read);
        shown += read;
      }
    }
    out.flush();
    return shown;
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while following a log", e);
    }
  }
}
