package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.experiments.ExperimentQueue;
import io.mlopscore.pipeline.experiments.QueuedTask.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mlops queue stop`: as `dvc queue stop`.
@Command(
    name = "stop",
    description = "Lets workers end after what they run.",
    mixinStandardHelpOptions = true)
final class QueueStopCommand implements Callable<Integer> {
  @Option(names = "--kill", description = "End what they run, too.")
  private boolean kill;

  @Override
  public Integer call() throws IOException {
    var queue = new ExperimentQueue(Pipeline.open(Path.of("")));
    queue.workers().stop();
    if (kill) {
      for (var task : queue.tasks().getOrDefault(State.RUNNING, List.of())) {
        QueueKillCommand.end(queue, task, true);
      }
    }
    System.out.println(
        kill
            ? "All running tasks in the queue have been killed. Queue workers are stopping."
            : "Queue workers will stop after running tasks finish.");
    return 0;
  }
}
