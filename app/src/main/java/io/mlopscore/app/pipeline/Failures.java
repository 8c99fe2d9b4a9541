package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.ConfigException;
import io.mlopscore.pipeline.FailureText;
import io.mlopscore.pipeline.NoRepositoryException;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.yaml.YamlException;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Turns what went wrong into the message and exit code that `dvc` has for it.
///
/// Codes: 251 settings, 253 no repository, 254 bad arguments; else 1 for the commands that catch
/// their own errors in `dvc`, and 255 for the others.
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final int FAILED = 1;
  private static final int SETTINGS = 251;
  private static final int NO_REPOSITORY = 253;
  private static final int BAD_ARGUMENTS = 254;
  private static final int UNEXPECTED = 255;

  /// All of a verb, or one of its subcommands.
  private static final Set<String> CATCH_THEIR_OWN =
      Set.of(
          "add",
          "artifacts",
          "commit",
          "destroy",
          "diff",
          "exp diff",
          "exp save",
          "exp show",
          "fetch",
          "freeze",
          "fsck",
          "get",
          "get-url",
          "import",
          "import-url",
          "install",
          "ls",
          "move",
          "plots diff",
          "plots show",
          "plots templates",
          "pull",
          "push",
          "remove",
          "status",
          "unfreeze",
          "unprotect",
          "update");

  private final String verb;
  private boolean origin = System.getenv("MLOPS_DEBUG") != null;

  public Failures(String verb) {
    this.verb = verb;
  }

  /// From now on errors come with where they come from.
  public void showOrigin() {
    origin = true;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (origin) {
      failure.printStackTrace(command.getErr());
    }
    command.getErr().println("ERROR: " + FailureText.of(failure));
    return switch (failure) {
      case NoRepositoryException _ -> NO_REPOSITORY;
      case ConfigException _ -> SETTINGS;
      case PipelineException _ -> ownCode(command.getCommandName());
      case YamlException _ -> ownCode(command.getCommandName());
      default -> UNEXPECTED;
    };
  }

  private int ownCode(String command) {
    boolean catches =
        CATCH_THEIR_OWN.contains(verb) || CATCH_THEIR_OWN.contains(verb + " " + command);
    return catches ? FAILED : UNEXPECTED;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    var command = failure.getCommandLine();
    command.getErr().println("ERROR: " + failure.getMessage());
    command.usage(command.getErr());
    return BAD_ARGUMENTS;
  }
}
