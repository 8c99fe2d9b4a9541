package io.mlopscore.serving;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mlopscore.tracking.observability.TraceName;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/// One JSON line for each request and event, with the field names of Google's Cloud Logging
/// (https://docs.cloud.google.com/logging/docs/structured-logging).
///
/// Requests only append to memory; one thread writes. If it cannot keep up, lines are dropped and
/// counted, so that a slow disk never slows an answer.
public final class ServingLog implements AutoCloseable {
  private static final int MAX_BUFFERED = 4 << 20;
  private static final long FLUSH_MILLIS = 100;

  private final OutputStream target;
  private final Level threshold;
  private final Clock clock;
  private final TraceName traces;
  private final LongAdder dropped = new LongAdder();
  private final Thread writer = Thread.ofPlatform().daemon().name("log").unstarted(this::writeAll);
  private LogBuffer filling = new LogBuffer();
  private LogBuffer spare = new LogBuffer();
  private volatile Stamp stamp = Stamp.of(0);
  private boolean closed;

  /// How much it takes for a line to be written.
  public enum Level {
    DEBUG,
    INFO,
    WARNING,
    ERROR;

    static Level parse(String text) {
      return switch (text.strip().toUpperCase(Locale.ROOT)) {
        case "DEBUG" -> DEBUG;
        case "INFO" -> INFO;
        case "WARN", "WARNING" -> WARNING;
        case "ERROR", "CRITICAL" -> ERROR;
        default ->
            throw new SettingException(
                "LOG_LEVEL", "'" + text + "' is not one of DEBUG, INFO, WARNING, ERROR");
      };
    }
  }

  ServingLog(OutputStream target, Level threshold, Clock clock, TraceName traces) {
    this.target = target;
    this.threshold = threshold;
    this.clock = clock;
    this.traces = traces;
  }

  void start() {
    writer.start();
  }

  boolean writes(Level level) {
    return level.compareTo(threshold) >= 0;
  }

  /// Something that happened to the service, not to one request.
  void event(Level level, String event, Json.Members members) {
    if (!writes(level)) {
      return;
    }
    append(
        Json.object(
            out -> {
              out.writeStringField("time", clock.instant().toString());
              out.writeStringField("severity", level.name());
              out.writeStringField("event", event);
              members.write(out);
            }));
  }

  /// A failure with its stack trace, as Error Reporting takes it.
  void failure(String event, String requestId, Throwable cause) {
    event(
        Level.ERROR,
        event,
        out -> {
          out.writeStringField("request_id", requestId);
          writeTrace(out, cause);
        });
  }

  private static void writeTrace(JsonGenerator out, Throwable cause) throws IOException {
    out.writeStringField("error", cause.toString());
    var trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    out.writeStringField("stack_trace", trace.toString());
  }

  /// A request that was answered.
  void request(Exchange exchange, int status, long nanos) {
    var level = status >= 500 ? Level.ERROR : status >= 400 ? Level.WARNING : Level.INFO;
    if (writes(level)) {
      var trace = traces.of(exchange.traceParent());
      append(RequestLine.of(exchange, level, status, nanos, now(), trace));
    }
  }

  /// Formatting a time costs more than the rest of a line: done once for each millisecond.
  private String now() {
    long millis = clock.millis();
    var last = stamp;
    if (last.millis() != millis) {
      last = Stamp.of(millis);
      stamp = last;
    }
    return last.text();
  }

  private record Stamp(long millis, String text) {
    static Stamp of(long millis) {
      return new Stamp(millis, Instant.ofEpochMilli(millis).toString());
    }
  }

  long dropped() {
    return dropped.sum();
  }

  private synchronized void append(byte[] line) {
    if (filling.size() + line.length > MAX_BUFFERED) {
      dropped.increment();
      return;
    }
    filling.add(line);
  }

  private synchronized LogBuffer swap() {
    var full = filling;
    filling = spare;
    spare = full;
    return full;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void writeAll() {
    try {
      while (!isClosed()) {
        Thread.sleep(FLUSH_MILLIS);
        flush();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void flush() {
    synchronized (target) {
      var full = swap();
      try {
        full.writeTo(target);
        target.flush();
      } catch (IOException _) {
        dropped.add(full.lines()); // there is no other place left to say it
      } finally {
        full.clear();
      }
    }
  }

  /// Writes what is left.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    flush();
  }
}
