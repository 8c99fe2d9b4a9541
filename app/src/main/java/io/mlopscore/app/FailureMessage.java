package io.mlopscore.app;

import io.mlopscore.pipeline.FailureText;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Prints what went wrong as one sentence; the stack trace only with `MLOPS_DEBUG` set. What fails
/// because the process was told to end is not worth a word: it ends as the signal says.
final class FailureMessage implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (System.getenv("MLOPS_DEBUG") != null) {
      failure.printStackTrace(command.getErr());
    } else if (!Stopping.isUnderWay()) {
      command.getErr().println("mlops: " + FailureText.of(failure));
    }
    return 1;
  }
}
