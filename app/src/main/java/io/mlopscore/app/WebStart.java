package io.mlopscore.app;

import io.helidon.webserver.http.HttpRouting;

/// What Helidon does before it routes anything, beside other work: it looks for its services on the
/// class path, which takes a quarter of a start.
///
/// Closed before the calling thread uses Helidon itself: two threads that initialise the same
/// classes in another order could wait for each other.
final class WebStart implements AutoCloseable {
  private final Thread thread;

  private WebStart() {
    this.thread = Thread.ofPlatform().name("web-start").start(HttpRouting::builder);
  }

  static WebStart begin() {
    return new WebStart();
  }

  @Override
  public void close() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", e);
    }
  }
}
