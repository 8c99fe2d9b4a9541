package io.mlopscore.app.pipeline;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/// Asks for a yes or a no, again and again until it is one of them.
final class Prompt {
  private Prompt() {}

  /// Whether standard input says yes; its end is a no.
  static boolean confirm(String question, PrintStream out) {
    while (true) {
      out.print(question + " [y/n]: ");
      out.flush();
      var answer = IO.readln();
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

  /// As above; where there is no terminal nobody is asked, and the answer is no.
  static boolean confirmAtTerminal(String question, PrintStream out) {
    return terminal().isPresent() && confirm(question, out);
  }

  /// The terminal of whoever started this; there is none in scripts.
  static Optional<Console> terminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }
}
