package io.mlopscore.app;

import io.mlopscore.app.pipeline.Failures;
import picocli.CommandLine;

/// Parses and runs one verb; apart from [Main] so that the fastest commands never load picocli.
final class Picocli {
  private Picocli() {}

  static int run(Verb verb, String[] args) {
    var command =
        new CommandLine(verb.command().get())
            .setCommandName("mlops " + verb.name())
            .setExecutionExceptionHandler(new FailureMessage());
    if (verb.group().equals(Verbs.PIPELINE)) {
      var failures = new Failures(verb.name());
      command.setExecutionExceptionHandler(failures).setParameterExceptionHandler(failures);
    }
    return command.execute(args);
  }
}
