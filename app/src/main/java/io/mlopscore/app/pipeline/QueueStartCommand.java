package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.experiments.ExperimentQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mlops queue start`: as `dvc queue start`.
@Command(
    name = "start",
    description = "Starts workers that run queued experiments in the background.",
    mixinStandardHelpOptions = true)
final class QueueStartCommand implements Callable<Integer> {
  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many experiments at a time (1).")
  private int jobs = 1;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    int started = QueueProcesses.startWorkers(pipeline, new ExperimentQueue(pipeline), jobs);
    System.out.printf(
        "Started '%d' new experiments task queue worker%s.%n", started, started > 1 ? "s" : "");
    return 0;
  }
}
