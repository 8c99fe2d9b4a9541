package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.experiments.Experiments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops exp rename`: as `dvc exp rename`.
@Command(
    name = "rename",
    description = "Gives an experiment another name.",
    mixinStandardHelpOptions = true)
final class ExpRenameCommand implements Callable<Integer> {
  @Option(
      names = {"-f", "--force"},
      description = "Replace an experiment that has the new name.")
  private boolean force;

  @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Its name.")
  private String experiment = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "The new name.")
  private String newName = "";

  @Override
  public Integer call() throws IOException {
    var experiments = new Experiments(Pipeline.open(Path.of("")));
    System.out.println(
        experiments.rename(experiment, newName, force)
            ? "Renamed experiments: '" + experiment + "'"
            : "No experiments to rename.");
    return 0;
  }
}
