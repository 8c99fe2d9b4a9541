package io.mlopscore.app;

import java.util.concurrent.CountDownLatch;

/// Stops a server cleanly when the process is told to end.
final class Stopping {
  private Stopping() {}

  /// Waits until Ctrl-C or a stop signal, then closes and ends the process with exit code 0.
  ///
  /// @param ready printed once a signal would be heard: a caller may stop us as soon as it reads it
  static void awaitSignal(String ready, Runnable close) throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  close.run();
                  Runtime.getRuntime().halt(0);
                },
                "stop"));
    System.out.print(ready);
    new CountDownLatch(1).await();
  }
}
