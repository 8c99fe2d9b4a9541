package io.mlopscore.app;

import java.nio.file.Path;

/// Runs the everyday commands in one process while the JVM records what it loads and links.
///
/// `bin/train-start-up` starts it; nothing else does.
final class StartUpTraining {
  private StartUpTraining() {}

  /// @param args one argument: an empty folder to work in
  public static void main(String[] args) {
    var folder = Path.of(args[0]);
    Main.run("help");
    Main.run("version");
    System.out.println("trained in " + folder);
  }
}
