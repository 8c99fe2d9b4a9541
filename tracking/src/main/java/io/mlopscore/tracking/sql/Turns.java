package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Lets so many read at once, and leaves the other connections to those who write. Some more may
/// wait for their turn; the rest is told to come back.
final class Turns {
  private static final int MOST_WAITING = 500;

  private final Semaphore free;
  private final Duration patience;

  /// @param patience how long one waits
  Turns(int atOnce, Duration patience) {
    this.free = new Semaphore(atOnce, true);
    this.patience = patience;
  }

  /// @throws TrackingException REQUEST_LIMIT_EXCEEDED if the turn does not come
  <T> T take(Supplier<T> work) {
    if (!free.tryAcquire() && !comes()) {
      throw new TrackingException(
          ErrorCode.REQUEST_LIMIT_EXCEEDED,
          "More is being read than the tracking database can give; try again in a second.");
    }
    try {
      return work.get();
    } finally {
      free.release();
    }
  }

  private boolean comes() {
    try {
      return free.getQueueLength() < MOST_WAITING
          && free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
