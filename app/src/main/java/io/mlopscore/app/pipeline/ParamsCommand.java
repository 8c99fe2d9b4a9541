package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.compare.ValueFiles;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops params`: as `dvc params`.
@Command(
    description = "Compares parameters between revisions.",
    mixinStandardHelpOptions = true,
    subcommands = ParamsCommand.Diff.class)
public final class ParamsCommand {
  /// `mlops params diff`.
  @Command(
      name = "diff",
      description = "Shows the parameters that differ.",
      mixinStandardHelpOptions = true)
  static final class Diff implements Callable<Integer> {
    @Mixin private final DiffOptions options = new DiffOptions();

    @Option(
        names = {"-d", "--deps"},
        description = "Only parameters that stages depend on.")
    private boolean dependencies;

    @Override
    public Integer call() throws IOException {
      return options.run(
          dependencies ? ValueFiles::dependencies : ValueFiles::params, "Param", false);
    }
  }
}
