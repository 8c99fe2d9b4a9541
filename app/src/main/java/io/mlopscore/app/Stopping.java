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

  /// Whether the process has begun to end. Then many things fail, such as to start a server.
  static boolean isUnderWay() {
    var nothing = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(nothing);
      return !Runtime.getRuntime().removeShutdownHook(nothing);
    } catch (IllegalStateException _) {
      return true;
    }
  }
}
