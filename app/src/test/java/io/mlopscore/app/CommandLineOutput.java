package io.mlopscore.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// What a command line of `mlops` prints, and how it ends, in this process.
///
/// @param error what went to standard error
record CommandLineOutput(int code, String text, String error) {
  static CommandLineOutput of(String... arguments) {
    var out = System.out;
    var err = System.err;
    var text = new ByteArrayOutputStream();
    var error = new ByteArrayOutputStream();
    try (var printed = new PrintStream(text, true, StandardCharsets.UTF_8);
        var complained = new PrintStream(error, true, StandardCharsets.UTF_8)) {
      System.setOut(printed);
      System.setErr(complained);
      int code = Main.run(arguments);
      return new CommandLineOutput(
          code, text.toString(StandardCharsets.UTF_8), error.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
