package io.mlopscore.pipeline.executor;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends a process when its time is up: first asks it to, then insists.
final class TimeLimit implements AutoCloseable {
  private final ChildProcess child;
  private final Duration grace;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean passed;

  TimeLimit(ChildProcess child, Optional<Duration> limit, Duration grace) {
    this.child = child;
    this.grace = grace;
    limit.ifPresent(
        time -> Thread.ofPlatform().daemon().name("time-limit").start(() -> watch(time)));
  }

  private void watch(Duration time) {
    try {
      if (!done.await(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS)) {
        passed = true;
        child.terminate();
        if (!done.await(grace.toNanos(), TimeUnit.NANOSECONDS)) {
          child.kill();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  boolean passed() {
    return passed;
  }

  @Override
  public void close() {
    done.countDown();
  }
}
