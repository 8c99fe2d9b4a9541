package io.mlopscore.app.pipeline;

import picocli.CommandLine.Command;

/// `mlops queue`: as `dvc queue`.
@Command(
    description = "Runs queued experiments, shows and removes them.",
    mixinStandardHelpOptions = true,
    subcommandsRepeatable = false,
    subcommands = {
      QueueStartCommand.class,
      QueueStatusCommand.class,
      QueueLogsCommand.class,
      QueueRemoveCommand.class,
      QueueStopCommand.class,
      QueueKillCommand.class
    })
public final class QueueCommand {}
