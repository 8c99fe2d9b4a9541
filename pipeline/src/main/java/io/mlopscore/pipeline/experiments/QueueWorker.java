package io.mlopscore.pipeline.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Runs the experiments of a queue, one after the other, until none is left.
///
/// @param number of this worker, which no other has
public record QueueWorker(ExperimentQueue queue, int number, Launcher launcher) {
  /// Starts a process that runs one experiment.
  public interface Launcher {
    /// @param log where its output goes
    Process start(QueuedTask task, Path log) throws IOException;
  }

  public void run() throws IOException {
    try (var _ = queue.enter(number)) {
      while (!queue.workers().isStopped()) {
        var task = queue.claim(number);
        if (task.isEmpty()) {
          return;
        }
        queue.finish(number, task.get(), succeeds(task.get()));
      }
    }
  }

  private boolean succeeds(QueuedTask task) throws IOException {
    var log = queue.log(task);
    Files.createDirectories(log.resolveSibling(""));
    var process = launcher.start(task, log);
    queue.remember(task, process.pid());
    try {
      return process.waitFor() == 0;
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      return false;
    } finally {
      TemporaryTree.discard(queue.pipeline(), Experiments.git(queue.pipeline()), task);
    }
  }
}
