package io.mlopscore.app;

import java.lang.reflect.Proxy;

/// Ends the process with the exit code that `dvc` has for Ctrl-C.
final class Interruption {
  private static final int INTERRUPTED = 252;

  private Interruption() {}

  /// From now on Ctrl-C ends the process with 252. Java has no public way to hear of it: where its
  /// internal one is missing, the exit code stays that of the system.
  static void listen() {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var heard =
          Proxy.newProxyInstance(
              Interruption.class.getClassLoader(),
              new Class<?>[] {handler},
              (_, method, _) -> {
                if (method.getName().equals("handle")) {
                  System.err.println("ERROR: interrupted by the user");
                  System.exit(INTERRUPTED);
                }
                return null;
              });
      var sigint = signal.getConstructor(String.class).newInstance("INT");
      signal.getMethod("handle", signal, handler).invoke(null, sigint, heard);
    } catch (ReflectiveOperationException | IllegalArgumentException _) {
      // The command works all the same.
    }
  }
}
