package io.mlopscore.app.pipeline;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `mlops stage`: as `dvc stage`.
@Command(
    description = "Writes stages into dvc.yaml and lists them.",
    mixinStandardHelpOptions = true,
    subcommands = {StageAddCommand.class, StageListCommand.class})
public final class StageCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command: add or list");
  }
}
