package io.mlopscore.app.pipeline;

import java.lang.reflect.Proxy;
import java.util.function.BooleanSupplier;

/// What Ctrl-C means to `repro`, as to `dvc`: a running command hears it from the terminal itself
/// and decides; without one the program ends with exit code 252.
final class Interrupts {
  private static final int INTERRUPTED = 252;

  private Interrupts() {}

  /// The runtime has no other way to hear of the signal than this class of its own, which compilers
  /// warn of; where it is not to be had, the signal ends the program as it always does.
  static void leaveToCommands(BooleanSupplier isCommandRunning) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var ours =
          Proxy.newProxyInstance(
              Interrupts.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      interrupted(isCommandRunning);
                      yield null;
                    }
                    case "equals" -> arguments != null && proxy == arguments[0];
                    case "hashCode" -> 1;
                    default -> "interrupts";
                  });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), ours);
    } catch (ReflectiveOperationException e) {
      System.getLogger(Interrupts.class.getName())
          .log(System.Logger.Level.DEBUG, "interrupts are left to the runtime", e);
    }
  }

  private static void interrupted(BooleanSupplier isCommandRunning) {
    if (!isCommandRunning.getAsBoolean()) {
      System.err.println("ERROR: interrupted by the user");
      System.exit(INTERRUPTED);
    }
  }
}
