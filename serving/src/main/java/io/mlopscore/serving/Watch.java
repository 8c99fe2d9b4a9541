package io.mlopscore.serving;

import java.time.Duration;

/// Does the same now and then, until it is closed.
final class Watch implements AutoCloseable {
  private final Thread thread;

  /// @param interval how long to wait before each time
  /// @param look must say itself what went wrong: an exception ends the watch
  Watch(String name, Duration interval, Runnable look) {
    this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(interval, look));
  }

  void start() {
    thread.start();
  }

  private static void run(Duration interval, Runnable look) {
    try {
      while (true) {
        Thread.sleep(interval);
        look.run();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
