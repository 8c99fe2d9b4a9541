package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.experiments.ExperimentFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `mlops exp clean`: as `dvc exp clean`, for what interrupted experiments left behind.
@Command(
    name = "clean",
    description = "Removes temporary files that interrupted experiments left.",
    mixinStandardHelpOptions = true)
final class ExpCleanCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException {
    ExperimentFolder.of(Pipeline.open(Path.of(""))).clean();
    System.out.println("Done!");
    return 0;
  }
}
