package io.mlopscore.tracking.http;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Memory that requests may hold at the same time. Who needs more than is left waits a little, and
/// is then told to come back.
final class MemoryBudget {
  private static final int UNIT = 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String what;
  private final int units;
  private final Semaphore free;

  /// @param what is kept in it, for messages
  MemoryBudget(String what, long bytes) {
    this.what = what;
    this.units = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
    this.free = new Semaphore(units, true);
  }

  /// A part of all memory that the process may use.
  static MemoryBudget share(String what, double part) {
    return new MemoryBudget(what, (long) (Runtime.getRuntime().maxMemory() * part));
  }

  /// @throws TrackingException REQUEST_LIMIT_EXCEEDED if so much does not become free
  Share take(long bytes) {
    var share = new Share();
    share.more(bytes);
    return share;
  }

  /// What one request holds, until it is answered.
  final class Share implements AutoCloseable {
    private int held;

    /// Who asks for more than there is gets all of it, alone.
    void more(long bytes) {
      more(bytes, PATIENCE);
    }

    /// @param patience how long to wait
    void more(long bytes, Duration patience) {
      var wanted = (int) Math.min(units - held, (bytes + UNIT - 1) / UNIT);
      if (wanted > 0 && !free.tryAcquire(wanted) && !comes(wanted, patience)) {
        throw new TrackingException(
            ErrorCode.REQUEST_LIMIT_EXCEEDED,
            "The server has no memory left for more " + what + "; try again in a second.");
      }
      held += Math.max(0, wanted);
    }

    private boolean comes(int wanted, Duration patience) {
      try {
        return free.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public void close() {
      free.release(held);
      held = 0;
    }
  }
}
