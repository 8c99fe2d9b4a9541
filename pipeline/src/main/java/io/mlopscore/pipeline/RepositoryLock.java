package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A lock that keeps a second `mlops` or `dvc` out: `.dvc/tmp/lock` for the repository,
/// `.dvc/tmp/rwlock.lock` for the list of paths in use, and some of our own for experiments.
///
/// It is flock(2), as `dvc` takes it. Java's own file locks are another kind that flock does not
/// see, so the call goes to the C library; on Windows both tools lock the file's first byte.
public final class RepositoryLock implements AutoCloseable {
  /// Waits for as long as it takes.
  static final Duration FOREVER = Duration.ofDays(10_000);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Path file;
  private final String busy;
  private @Nullable AutoCloseable held;

  private RepositoryLock(Path file, String busy) {
    this.file = file;
    this.busy = busy;
  }

  /// Takes the lock, waiting up to `patience` for whoever holds it.
  ///
  /// @param busy what to say when it is still held then, with `%s` for the file
  /// @throws PipelineException when it is still held then
  public static RepositoryLock take(Path file, Duration patience, String busy) throws IOException {
    Files.createDirectories(file.getParent());
    var lock = new RepositoryLock(file, busy);
    lock.retake(patience);
    return lock;
  }

  /// Takes the lock if nobody holds it.
  public static Optional<RepositoryLock> tryTake(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    var lock = new RepositoryLock(file, "%s is locked");
    lock.held = attempt(file);
    return lock.held == null ? Optional.empty() : Optional.of(lock);
  }

  /// Lets others work until [#retake].
  void release() throws IOException {
    close();
  }

  void retake(Duration patience) throws IOException {
    long start = System.nanoTime();
    while (true) {
      held = attempt(file);
      if (held != null) {
        return;
      }
      if (System.nanoTime() - start >= patience.toNanos()) {
        throw new PipelineException(busy.formatted(file));
      }
      pause(PAUSE);
    }
  }

  private static @Nullable AutoCloseable attempt(Path file) throws IOException {
    return System.getProperty("os.name", "").startsWith("Windows") ? byteLock(file) : flock(file);
  }

  private static @Nullable AutoCloseable flock(Path file) throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
      var lock = Flock.tryLock(file);
      if (lock != null) {
        sign(channel);
      }
      return lock;
    }
  }

  /// The process id is for people who look; nobody reads it back. A full disk has no room for it,
  /// and that must not keep `gc` from making some.
  private static void sign(FileChannel channel) {
    try {
      channel.truncate(0);
      channel.write(StandardCharsets.US_ASCII.encode(" " + ProcessHandle.current().pid() + "\n"));
    } catch (IOException e) {
      System.getLogger(RepositoryLock.class.getName())
          .log(System.Logger.Level.DEBUG, "a lock has no process id", e);
    }
  }

  private static @Nullable AutoCloseable byteLock(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    var lock = channel.tryLock(0, 1, false);
    if (lock == null) {
      channel.close();
      return null;
    }
    return channel;
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PipelineException("interrupted while waiting for a lock", e);
    }
  }

  @Override
  public void close() throws IOException {
    var lock = held;
    held = null;
    if (lock == null) {
      return;
    }
    try {
      lock.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the lock " + file + " could not be released", e);
    }
  }
}
