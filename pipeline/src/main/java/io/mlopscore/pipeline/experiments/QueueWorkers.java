package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.RepositoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The workers of a queue, by their numbers. Each holds a lock while it lives, which a kill frees.
///
/// @param folder of the queue
public record QueueWorkers(Path folder) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// The numbers of workers that can be started so that there are so many.
  public List<Integer> startable(int wanted) throws IOException {
    Files.deleteIfExists(stopMark());
    var free = new ArrayList<Integer>();
    for (int number = 1; number <= wanted; number++) {
      if (!isAlive(number)) {
        free.add(number);
      }
    }
    return free;
  }

  /// How many there are.
  public int alive() throws IOException {
    int alive = 0;
    if (Files.isDirectory(locks())) {
      try (var found = Files.newDirectoryStream(locks(), "*.lock")) {
        for (var lock : found) {
          var number = lock.getFileName().toString().replace(".lock", "");
          alive += isAlive(Integer.parseInt(number)) ? 1 : 0;
        }
      }
    }
    return alive;
  }

  boolean isAlive(int worker) throws IOException {
    if (!Files.exists(lock(worker))) {
      return false;
    }
    var free = RepositoryLock.tryTake(lock(worker));
    if (free.isPresent()) {
      free.get().close();
    }
    return free.isEmpty();
  }

  private Path lock(int worker) {
    return locks().resolve(worker + ".lock");
  }

  private Path locks() {
    return folder.resolve("workers");
  }

  /// Holds the place of a worker until closed.
  RepositoryLock enter(int worker) throws IOException {
    return RepositoryLock.take(
        lock(worker),
        PATIENCE,
        "another worker has this number (it holds %s); `mlops queue start` finds a free one");
  }

  /// Lets workers end after what they run.
  public void stop() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(stopMark(), "");
  }

  boolean isStopped() {
    return Files.exists(stopMark());
  }

  private Path stopMark() {
    return folder.resolve("stop");
  }
}
