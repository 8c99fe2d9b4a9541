package io.mlopscore.app.pipeline;

import picocli.CommandLine.Command;

/// `mlops exp`: as `dvc exp`.
@Command(
    description = "Runs, lists, shares and removes experiments.",
    mixinStandardHelpOptions = true,
    subcommandsRepeatable = false,
    subcommands = {
      ExpRunCommand.class,
      ExpListCommand.class,
      ExpShowCommand.class,
      ExpDiffCommand.class,
      ExpSaveCommand.class,
      ExpApplyCommand.class,
      ExpBranchCommand.class,
      ExpRemoveCommand.class,
      ExpRenameCommand.class,
      ExpPushCommand.class,
      ExpPullCommand.class,
      ExpCleanCommand.class,
      ExpQueueWorkerCommand.class,
      ExpExecRunCommand.class
    })
public final class ExpCommand {}
