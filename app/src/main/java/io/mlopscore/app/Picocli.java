package io.mlopscore.app;

import picocli.CommandLine;

/// Parses and runs one verb; apart from [Main] so that the fastest commands never load picocli.
final class Picocli {
  private Picocli() {}

  static int run(Verb verb, String[] args) {
    return new CommandLine(verb.command().get())
        .setCommandName("mlops " + verb.name())
        .setExecutionExceptionHandler(new FailureMessage())
        .execute(args);
  }
}
