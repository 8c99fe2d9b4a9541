package io.mlopscore.app;

import java.util.Arrays;

/// The entry of the `mlops` command.
///
/// Only the command that was asked for is built, and `version` and the menu do without the command
/// line library: building everything would triple the start-up time.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /// Runs one command line.
  ///
  /// @return the exit code: 0 done, 1 failed, 2 wrong usage, or what the command documents
  static int run(String... args) {
    var verb = args.length == 0 ? "help" : args[0];
    return switch (verb) {
      case "help", "--help", "-h" -> say(Verbs.menu());
      case "version", "--version", "-V" -> say(Version.line() + "\n");
      default ->
          Verbs.find(verb)
              .map(found -> Picocli.run(found, Arrays.copyOfRange(args, 1, args.length)))
              .orElseGet(() -> unknown(verb));
    };
  }

  private static int say(String text) {
    System.out.print(text);
    return 0;
  }

  private static int unknown(String verb) {
    System.err.println("mlops: no command '" + verb + "'. `mlops help` lists the commands.");
    return 2;
  }
}
