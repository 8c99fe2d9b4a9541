package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// The lock that keeps a second `mlops` or `dvc` out of the repository: `.dvc/tmp/lock`.
///
/// It is flock(2), as `dvc` takes it. Java's own file locks are another kind that flock does not
/// see, so the call goes to the C library; on Windows both tools lock the file's first byte.
public final class RepositoryLock implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final AutoCloseable held;

  private RepositoryLock(AutoCloseable held) {
    this.held = held;
  }

  /// Takes the lock, waiting up to `patience` for whoever holds it.
  ///
  /// @throws PipelineException when it is still held then
  static RepositoryLock take(Path file, Duration patience) throws IOException {
    Files.createDirectories(file.getParent());
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      var held = attempt(file);
      if (held != null) {
        return new RepositoryLock(held);
      }
      if (System.nanoTime() >= deadline) {
        throw new PipelineException(
            "Unable to acquire lock. Another mlops or dvc process works on this repository; wait"
                + " for it to finish (it holds "
                + file
                + ").");
      }
      pause();
    }
  }

  private static @org.jspecify.annotations.Nullable AutoCloseable attempt(Path file)
      throws IOException {
    return System.getProperty("os.name", "").startsWith("Windows") ? byteLock(file) : flock(file);
  }

  private static @org.jspecify.annotations.Nullable AutoCloseable flock(Path file)
      throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
      var lock = Flock.tryLock(file);
      if (lock != null) {
        // The process id is for people who look; nobody reads it back.
        channel.truncate(0);
        channel.write(
            java.nio.charset.StandardCharsets.US_ASCII.encode(
                " " + ProcessHandle.current().pid() + "\n"));
      }
      return lock;
    }
  }

  private static @org.jspecify.annotations.Nullable AutoCloseable byteLock(Path file)
      throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    var lock = channel.tryLock(0, 1, false);
    if (lock == null) {
      channel.close();
      return null;
    }
    return channel;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PipelineException("interrupted while waiting for the repository lock", e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      held.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the repository lock could not be released", e);
    }
  }
}
