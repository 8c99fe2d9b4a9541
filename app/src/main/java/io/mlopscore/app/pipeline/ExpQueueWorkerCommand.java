package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.experiments.ExperimentQueue;
import io.mlopscore.pipeline.experiments.QueueWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mlops exp queue-worker`: what `queue start` starts.
@Command(name = "queue-worker", hidden = true, mixinStandardHelpOptions = true)
final class ExpQueueWorkerCommand implements Callable<Integer> {
  @Option(names = "--number", required = true, paramLabel = "N")
  private int number;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    new QueueWorker(
            new ExperimentQueue(pipeline),
            number,
            (task, log) -> QueueProcesses.start(pipeline, task, log))
        .run();
    return 0;
  }
}
