package io.mlopscore.app.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The browser of whoever sits here.
final class Browser {
  private Browser() {}

  /// Opens a file, if the system knows how; says so if not.
  static void open(Path file) {
    var system = System.getProperty("os.name", "");
    var opener =
        system.startsWith("Mac")
            ? List.of("open")
            : system.startsWith("Windows") ? List.of("explorer") : List.of("xdg-open");
    try {
      new ProcessBuilder(opener.getFirst(), file.toUri().toString())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException _) {
      System.err.println("WARNING: no browser could be opened: there is no " + opener.getFirst());
    }
  }
}
