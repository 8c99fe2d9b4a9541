package io.mlopscore.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The body of an answer whose next bytes must come within a time: the JDK's client waits for them
/// for ever, since its own timeout ends with the headers.
///
/// One look per period and stream, by a timer of the JDK; reading costs nothing beside.
final class PunctualStream extends FilterInputStream {
  private final Duration patience;
  private volatile boolean waiting;
  private volatile boolean late;
  private volatile boolean closed;
  private volatile long since;

  /// @param patience how long to wait for the next bytes
  PunctualStream(InputStream in, Duration patience) {
    super(in);
    this.patience = patience;
    lookAfter(patience.toNanos());
  }

  private void lookAfter(long nanos) {
    CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(this::look);
  }

  private void look() {
    if (closed) {
      return;
    }
    long waited = waiting ? System.nanoTime() - since : 0;
    if (waited < patience.toNanos()) {
      lookAfter(patience.toNanos() - waited);
      return;
    }
    late = true;
    try {
      in.close(); // who waits for bytes is woken by that
    } catch (IOException e) {
      System.getLogger(PunctualStream.class.getName())
          .log(System.Logger.Level.DEBUG, "a connection that stalled was not closed", e);
    }
  }

  private interface Reading {
    int read() throws IOException;
  }

  private int timed(Reading reading) throws IOException {
    since = System.nanoTime();
    waiting = true;
    try {
      int read = reading.read();
      requireInTime(read);
      return read;
    } catch (IOException e) {
      requireInTime(-1);
      throw e;
    } finally {
      waiting = false;
    }
  }

  private void requireInTime(int read) throws HttpTimeoutException {
    if (late && read < 0) {
      throw new HttpTimeoutException("no more bytes came for %d ms".formatted(patience.toMillis()));
    }
  }

  @Override
  public int read() throws IOException {
    return timed(in::read);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return timed(() -> in.read(into, offset, length));
  }

  @Override
  public void close() throws IOException {
    closed = true;
    in.close();
  }
}
