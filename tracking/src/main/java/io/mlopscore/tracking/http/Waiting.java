package io.mlopscore.tracking.http;

import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/// How long the caller of one connection keeps it waiting, and how long it still may.
///
/// A request begins with all of the patience. Waiting uses it up, and every byte that moves gives a
/// millisecond back: a large file may come over a slow line, and nobody holds a connection by a
/// byte now and then.
final class Waiting {
  private static final long NANOS_PER_BYTE = 1_000_000;

  /// What the connection's own thread does.
  enum State {
    WORKS,
    READS,
    WRITES,
    CUT
  }

  private final long patience;
  private final AtomicReference<State> state = new AtomicReference<>(State.WORKS);
  private long left;
  private long began;
  private volatile long end;

  Waiting(Duration patience) {
    this.patience = patience.toNanos();
    this.left = this.patience;
  }

  /// For the next request.
  void renew() {
    left = patience;
  }

  /// @throws CloseConnectionException if it was cut
  void begin(State next) {
    began = System.nanoTime();
    end = began + left;
    move(State.WORKS, next);
  }

  /// @param bytes how many moved
  /// @throws CloseConnectionException if it was cut
  void end(State last, long bytes) {
    move(last, State.WORKS);
    left = Math.min(patience, end - System.nanoTime() + bytes * NANOS_PER_BYTE);
  }

  private void move(State from, State to) {
    if (!state.compareAndSet(from, to)) {
      throw new CloseConnectionException("the caller took too long");
    }
  }

  /// What is used up of the patience; nothing while the server itself is at work.
  Duration used() {
    return state.get() == State.WORKS
        ? Duration.ZERO
        : Duration.ofNanos(patience - (end - System.nanoTime()));
  }

  /// Ends the waiting of a caller who used up the patience.
  ///
  /// @return whether it was waited for, so that nobody else ends it now
  boolean cut(State during) {
    return used().toNanos() > patience && state.compareAndSet(during, State.CUT);
  }
}
