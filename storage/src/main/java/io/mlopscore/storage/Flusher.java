package io.mlopscore.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/// Brings a growing file to the disk while more of it comes, so that the end need not wait for all
/// of it.
final class Flusher implements AutoCloseable {
  private static final long STEP = 64L << 20;

  private final Executor threads = task -> Thread.ofVirtual().start(task);
  private final FileChannel file;
  private CompletableFuture<Void> flushing = CompletableFuture.completedFuture(null);
  private long waiting;

  Flusher(FileChannel file) {
    this.file = file;
  }

  void wrote(int bytes) throws IOException {
    waiting += bytes;
    if (waiting >= STEP && flushing.isDone()) {
      await();
      waiting = 0;
      flushing = CompletableFuture.runAsync(this::flush, threads);
    }
  }

  private void flush() {
    try {
      file.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All of the file is on the disk when this returns.
  void finish() throws IOException {
    await();
    file.force(true);
  }

  /// A disk may report only here that it has failed.
  private void await() throws IOException {
    try {
      flushing.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof UncheckedIOException failure
          ? failure.getCause()
          : new IOException(e);
    }
  }

  /// Before the file is closed under it; a failure was told already, or something failed before.
  @Override
  public void close() {
    flushing.exceptionally(_ -> null).join();
  }
}
