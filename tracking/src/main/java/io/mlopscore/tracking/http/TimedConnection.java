package io.mlopscore.tracking.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.spi.ServerConnection;
import io.mlopscore.tracking.http.Waiting.State;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A connection that ends if its caller keeps it waiting for too long: before anything is said, in
/// the middle of a head or of a body, or with an answer that is not taken. Helidon 4.5 itself only
/// ends those that wait for the next request: a few thousand halves of requests would keep all
/// other callers out.
///
/// The timer of the web server asks each connection now and then; a request pays for no more than
/// saying when it waits.
final class TimedConnection implements ServerConnection, InterruptableTask<Void>, DataWriter {
  private static final Duration LINGER = Duration.ofMillis(500);

  /// Helidon keeps a line and a chunk of a body in memory until they end.
  private static final int LONGEST_PIECE = 16 << 20;

  /// What is taken within the patience; a long answer is handed over in pieces of it.
  private static final int WRITTEN_AT_ONCE = 64 << 10;

  private final ConnectionContext context;
  private final TimedProtocol protocol;
  private final Waiting waiting;
  private final byte[] timeout;
  private final DataReader reader = DataReader.create(this::read);
  private volatile @Nullable ServerConnection http;
  private volatile boolean answered;
  private volatile boolean closes;

  /// @param timeout the whole answer to a request that did not come to its end
  TimedConnection(
      ConnectionContext context, TimedProtocol protocol, Waiting waiting, byte[] timeout) {
    this.context = context;
    this.protocol = protocol;
    this.waiting = waiting;
    this.timeout = timeout;
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    waiting.begin(State.READS);
    var spoken = protocol.connect(context, new TimedContext(context, reader, this));
    waiting.end(State.READS, 0);
    http = spoken;
    spoken.handle(limit);
    if (spoken instanceof Http1Connection && !closes) {
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

  /// What of the patience is used up; between two requests, since the last one.
  @Override
  public Duration idleTime() {
    var spoken = http;
    return spoken != null && !isInRequest() ? spoken.idleTime() : waiting.used();
  }

  /// HTTP/2 has many at a time, and tells what is idle by itself.
  private boolean isInRequest() {
    return http instanceof Http1Connection && !canInterrupt();
  }

  /// Whether no request is lost if it ends.
  @Override
  public boolean canInterrupt() {
    return http == null || (http instanceof InterruptableTask<?> task && task.canInterrupt());
  }

  /// Called by the timer if it is idle, and when the server stops.
  @Override
  public void close(boolean interrupt) {
    closes = true;
    var spoken = http;
    if (spoken == null) {
      end(); // nothing has been said
      return;
    }
    var inRequest = isInRequest();
    spoken.close(interrupt);
    if (inRequest && waiting.cut(State.READS)) {
      // Not on the timer's thread: nobody knows whether this caller takes the answer.
      Thread.startVirtualThread(this::sayTimeout);
    } else if (inRequest && waiting.cut(State.WRITES)) {
      end();
    }
  }

  /// The connection's own thread waits for bytes, and will not write any more.
  private void sayTimeout() {
    try {
      if (!answered) {
        context.dataWriter().writeNow(BufferData.create(timeout));
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
      waiting.renew();
    }
    if (reader.available() > LONGEST_PIECE) {
      throw new IllegalStateException("A chunk is larger than " + LONGEST_PIECE + " bytes");
    }
    waiting.begin(State.READS);
    var bytes = received(context.dataReader());
    waiting.end(State.READS, bytes == null ? 0 : bytes.length);
    return bytes;
  }

  private static byte @Nullable [] received(DataReader from) {
    try {
      from.ensureAvailable();
      return from.readBytes(from.available());
    } catch (DataReader.InsufficientDataAvailableException _) {
      return null; // the end of what the caller sends
    }
  }

  private void write(BufferData data, Consumer<BufferData> writer) {
    answered = true;
    while (data.available() > WRITTEN_AT_ONCE) {
      var piece = new byte[WRITTEN_AT_ONCE];
      data.read(piece);
      writePiece(BufferData.create(piece), writer);
    }
    writePiece(data, writer);
  }

  private void writePiece(BufferData piece, Consumer<BufferData> writer) {
    var length = piece.available();
    waiting.begin(State.WRITES);
    writer.accept(piece);
    waiting.end(State.WRITES, length);
  }

  @Override
  public void write(BufferData... buffers) {
    write(BufferData.create(buffers));
  }

  @Override
  public void write(BufferData buffer) {
    write(buffer, context.dataWriter()::write);
  }

  @Override
  public void writeNow(BufferData... buffers) {
    writeNow(BufferData.create(buffers));
  }

  @Override
  public void writeNow(BufferData buffer) {
    write(buffer, context.dataWriter()::writeNow);
  }

  @Override
  public void flush() {
    context.dataWriter().flush();
  }
}
