package io.mlopscore.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The entry of the `mlops` command.
///
/// Only the command that was asked for is built, and `version` and the menu do without the command
/// line library: building everything would triple the start-up time.
public final class Main {
  /// 128 and the number of SIGPIPE, as the system has it for other programs.
  private static final int BROKEN_PIPE = 141;

  private static final List<String> LOUDNESS = List.of("-q", "--quiet", "-v", "--verbose");

  private Main() {}

  public static void main(String[] args) {
    int code = run(args);
    boolean readerIsGone = System.out.checkError();
    System.exit(readerIsGone ? BROKEN_PIPE : code);
  }

  /// Runs one command line.
  ///
  /// @return the exit code: 0 done, 1 failed, 2 wrong usage, or what the command documents
  static int run(String... args) {
    var verb = args.length == 0 ? "help" : args[0];
    return switch (verb) {
      case "-q", "--quiet", "-v", "--verbose" -> run(afterVerb(args));
      case "help", "--help", "-h" -> say(Verbs.menu());
      case "version", "--version", "-V" -> say(Version.line() + "\n");
      default ->
          Verbs.find(verb)
              .map(found -> Picocli.run(found, Arrays.copyOfRange(args, 1, args.length)))
              .orElseGet(() -> unknown(verb));
    };
  }

  /// What stands before the verb, as `dvc` has it, is moved behind it.
  private static String[] afterVerb(String[] args) {
    var moved = new ArrayList<>(List.of(args));
    int verb = 0;
    while (verb < args.length && LOUDNESS.contains(args[verb])) {
      verb++;
    }
    moved.addFirst(verb < args.length ? moved.remove(verb) : "help");
    return moved.toArray(String[]::new);
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
