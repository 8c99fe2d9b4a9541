package io.mlopscore.serving;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A connection that ends if its caller keeps it waiting for too long, in the middle of a head or
/// of a body or with an answer that is not taken, or sends more than any request has. Helidon 4.5
/// itself only ends those that wait for the next request: a few thousand halves of requests would
/// keep all other callers out.
///
/// The timer of the web server asks each connection now and then; a request pays for no more than
/// saying when it waits.
final class TimedConnection implements ServerConnection, InterruptableTask<Void>, DataWriter {
  private static final Duration LINGER = Duration.ofMillis(500);

  private final ConnectionContext context;
  private final ServerConnection http;
  private final Duration patience;
  private final long largest;
  private final AtomicReference<State> state = new AtomicReference<>(State.WORKS);
  private volatile boolean answered;
  private volatile boolean closes;
  private long taken;

  private enum State {
    WORKS,
    READS,
    WRITES,
    CUT
  }

  /// @param patience how long a request may keep the server waiting
  /// @param largest how many bytes may come before something is answered
  TimedConnection(
      ConnectionContext context,
      ServerConnectionSelector protocol,
      Duration patience,
      long largest) {
    this.context = context;
    this.patience = patience;
    this.largest = largest;
    this.http = protocol.connection(new TimedContext(context, DataReader.create(this::read), this));
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    http.handle(limit);
    if (!closes) {
      linger(); // it was no proper HTTP, and the answer said so
    }
  }

  /// Takes in for a moment what is still on its way: an answer that is followed by a reset may be
  /// lost.
  private void linger() {
    var end = Thread.startVirtualThread(this::closeSoon);
    try {
      while (read() != null) {}
    } catch (CloseConnectionException _) {
      return; // it ends after this anyway
    } finally {
      end.interrupt();
    }
  }

  private void closeSoon() {
    try {
      Thread.sleep(LINGER);
      end();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Duration idleTime() {
    return http.idleTime();
  }

  /// Whether it waits for the next request.
  @Override
  public boolean canInterrupt() {
    return http instanceof InterruptableTask<?> task && task.canInterrupt();
  }

  /// Called by the timer if it is idle, and when the server stops.
  @Override
  public void close(boolean interrupt) {
    closes = true;
    var waitsForMore = !canInterrupt() && idleTime().compareTo(patience) > 0;
    http.close(interrupt);
    if (waitsForMore && state.compareAndSet(State.READS, State.CUT)) {
      // Not on the timer's thread: nobody knows whether this caller takes the answer.
      Thread.startVirtualThread(this::sayTimeout);
    } else if (waitsForMore && state.compareAndSet(State.WRITES, State.CUT)) {
      end();
    }
  }

  /// The connection's own thread waits for bytes, and will not write any more.
  private void sayTimeout() {
    try {
      if (!answered) {
        context.dataWriter().writeNow(BufferData.create(ProtocolErrors.timeout()));
      }
    } catch (RuntimeException _) {
      answered = true; // the caller is gone, and so is the one to tell
    }
    end();
  }

  private void end() {
    try {
      context.serverSocket().close();
    } catch (UncheckedIOException _) {
      closes = true; // it ended by itself at the same moment
    }
  }

  private byte @Nullable [] read() {
    if (canInterrupt()) {
      answered = false;
      taken = 0;
    }
    enter(State.READS);
    try {
      var reader = context.dataReader();
      reader.ensureAvailable();
      return counted(reader.readBytes(reader.available()));
    } catch (DataReader.InsufficientDataAvailableException _) {
      return null; // the end of what the caller sends
    } finally {
      leave(State.READS);
    }
  }

  private byte[] counted(byte[] bytes) {
    taken += bytes.length;
    if (taken > largest) {
      throw new CloseConnectionException("the request is too large");
    }
    return bytes;
  }

  private void write(Runnable write) {
    answered = true;
    taken = 0;
    enter(State.WRITES);
    try {
      write.run();
    } finally {
      leave(State.WRITES);
    }
  }

  private void enter(State next) {
    if (!state.compareAndSet(State.WORKS, next)) {
      throw new CloseConnectionException("the caller took too long");
    }
  }

  private void leave(State last) {
    if (!state.compareAndSet(last, State.WORKS)) {
      throw new CloseConnectionException("the caller took too long");
    }
  }

  @Override
  public void write(BufferData... buffers) {
    write(() -> context.dataWriter().write(buffers));
  }

  @Override
  public void write(BufferData buffer) {
    write(() -> context.dataWriter().write(buffer));
  }

  @Override
  public void writeNow(BufferData... buffers) {
    write(() -> context.dataWriter().writeNow(buffers));
  }

  @Override
  public void writeNow(BufferData buffer) {
    write(() -> context.dataWriter().writeNow(buffer));
  }

  @Override
  public void flush() {
    context.dataWriter().flush();
  }
}
