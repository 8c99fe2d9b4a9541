package io.mlopscore.app.pipeline;

import java.io.PrintStream;
import java.util.Locale;

/// Asks a person; where there is no terminal the answer is no.
final class Prompt {
  private Prompt() {}

  static boolean confirm(String question, PrintStream err) {
    var console = java.util.Objects.requireNonNull(System.console());
    if (!console.isTerminal()) {
      return false;
    }
    while (true) {
      err.print(question + " [y/n]: ");
      err.flush();
      var answer = console.readLine();
      switch (answer == null ? "n" : answer.strip().toLowerCase(Locale.ROOT)) {
        case "y", "yes" -> {
          return true;
        }
        case "n", "no" -> {
          return false;
        }
        default -> {}
      }
    }
  }
}
