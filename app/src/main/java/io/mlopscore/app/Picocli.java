package io.mlopscore.app;

import io.mlopscore.app.pipeline.Failures;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Parses and runs one verb; apart from [Main] so that the fastest commands never load picocli.
final class Picocli {
  private static final String QUIET = "--quiet";
  private static final String VERBOSE = "--verbose";

  private Picocli() {}

  static int run(Verb verb, String[] args) {
    var command =
        new CommandLine(verb.command().apply(List.of(args)))
            .setCommandName("mlops " + verb.name())
            .setExecutionExceptionHandler(new FailureMessage());
    if (verb.isOfDvc(args)) {
      Interruption.listen();
      addLoudness(command);
      var failures = new Failures(verb.name());
      command
          .setExecutionExceptionHandler(failures)
          .setParameterExceptionHandler(failures)
          .setExecutionStrategy(parsed -> run(parsed, failures));
    }
    return command.execute(args);
  }

  /// Every command of dvc takes -q and -v; those that have their own meaning for them keep it.
  private static void addLoudness(CommandLine command) {
    addFlag(command, "-q", QUIET, "Print nothing.");
    addFlag(command, "-v", VERBOSE, "Show where an error comes from.");
    command.getSubcommands().values().forEach(Picocli::addLoudness);
  }

  private static void addFlag(CommandLine command, String name, String longName, String text) {
    var spec = command.getCommandSpec();
    if (spec.findOption(name) == null && spec.findOption(longName) == null) {
      spec.addOption(
          OptionSpec.builder(name, longName).type(boolean.class).description(text).build());
    }
  }

  private static int run(ParseResult parsed, Failures failures) {
    if (has(parsed, VERBOSE)) {
      failures.showOrigin();
    }
    if (has(parsed, QUIET)) {
      var nowhere = OutputStream.nullOutputStream();
      System.setOut(new PrintStream(nowhere, false, StandardCharsets.UTF_8));
      for (var each : parsed.asCommandLineList()) {
        each.setErr(new PrintWriter(nowhere, false, StandardCharsets.UTF_8));
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /// Whether one of ours was given; an option of the command's own is left to it.
  private static boolean has(ParseResult parsed, String option) {
    for (var at = parsed; at != null; at = at.hasSubcommand() ? at.subcommand() : null) {
      var found = at.matchedOption(option);
      if (found != null && found.userObject() == null) {
        return true;
      }
    }
    return false;
  }
}
