package io.mlopscore.app.pipeline;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/// Asks a person; where there is no terminal the answer is no.
final class Prompt {
  private Prompt() {}

  static boolean confirm(String question, PrintStream err) {
    return terminal().map(console -> confirm(console, question, err)).orElse(false);
  }

  /// The terminal of whoever started this; there is none in scripts.
  static Optional<Console> terminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  private static boolean confirm(Console console, String question, PrintStream err) {
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
