package io.mlopscore.app;

import io.mlopscore.tracking.Experiment;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mlops experiments`.
@Command(
    description = "Lists, finds, creates, renames, deletes and restores experiments.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ExperimentsCommand.ListCommand.class,
      ExperimentsSearchCommand.class,
      ExperimentsCreateCommand.class,
      ExperimentsRenameCommand.class,
      ExperimentsDeleteCommand.class,
      ExperimentsRestoreCommand.class
    })
final class ExperimentsCommand extends ListByDefault {
  ExperimentsCommand() {
    super("list");
  }

  /// `mlops experiments list`.
  @Command(
      name = "list",
      description = "Lists the experiments, newest first.",
      mixinStandardHelpOptions = true)
  static final class ListCommand implements Callable<Integer> {
    @Mixin private TrackingOptions options = new TrackingOptions();

    @Override
    public Integer call() throws IOException {
      var experiments = options.with(tracking -> tracking.store().experiments());
      var table = new TextTable("ID", "NAME", "CREATED", "ARTIFACTS");
      for (Experiment each : experiments) {
        table.row(
            each.id(),
            each.name(),
            TrackingOptions.time(each.creationTime()),
            each.artifactLocation());
      }
      options.print(experiments, table);
      return 0;
    }
  }
}
