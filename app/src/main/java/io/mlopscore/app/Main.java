package io.mlopscore.app;

import java.util.Arrays;
import picocli.CommandLine;

/// The entry of the `mlops` command.
///
/// Only the command that was asked for is built: building all of them would double the start-up
/// time.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /// Runs one command line.
  ///
  /// @return the exit code: 0 done, 1 failed, 2 wrong usage, or what the command documents
  static int run(String... args) {
    if (args.length == 0
        || args[0].equals("help")
        || args[0].equals("--help")
        || args[0].equals("-h")) {
      System.out.print(Verbs.menu());
      return 0;
    }
    var verb = args[0].equals("--version") ? "version" : args[0];
    return Verbs.find(verb)
        .map(found -> execute(found, Arrays.copyOfRange(args, 1, args.length)))
        .orElseGet(() -> unknown(verb));
  }

  private static int execute(Verb verb, String[] args) {
    return new CommandLine(verb.command().get())
        .setCommandName("mlops " + verb.name())
        .setExecutionExceptionHandler(new FailureMessage())
        .execute(args);
  }

  private static int unknown(String verb) {
    System.err.println("mlops: no command '" + verb + "'. `mlops help` lists the commands.");
    return 2;
  }
}
