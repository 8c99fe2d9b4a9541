package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.experiments.ExperimentQueue;
import io.mlopscore.pipeline.experiments.QueuedTask;
import io.mlopscore.pipeline.experiments.QueuedTask.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops queue logs`: as `dvc queue logs`.
@Command(
    name = "logs",
    description = "Shows what a queued experiment prints.",
    mixinStandardHelpOptions = true)
final class QueueLogsCommand implements Callable<Integer> {
  private static final List<State> STARTED = List.of(State.RUNNING, State.FAILED, State.SUCCESS);

  @Parameters(paramLabel = "TASK", description = "Its name, or the beginning of its hash.")
  private String text = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on while it runs.")
  private boolean follow;

  @Override
  public Integer call() throws IOException {
    var queue = new ExperimentQueue(Pipeline.open(Path.of("")));
    var task = queue.find(text, STARTED).orElseThrow(() -> notStarted(queue));
    if (follow) {
      System.out.printf(
          "Following logs for experiment '%s'. Use Ctrl+C to stop following logs (experiment"
              + " execution will continue).%n%n",
          text);
      new FollowedLog(queue, task).print(System.out);
    } else {
      print(queue, task);
    }
    return 0;
  }

  private void print(ExperimentQueue queue, QueuedTask task) throws IOException {
    if (!Files.exists(queue.log(task))) {
      throw new PipelineException("No output logs found for experiment '%s'".formatted(text));
    }
    Files.copy(queue.log(task), System.out);
    System.out.flush();
  }

  private PipelineException notStarted(ExperimentQueue queue) {
    try {
      return new PipelineException(
          queue.find(text, List.of(State.QUEUED)).isPresent()
              ? "Experiment '%s' is in queue but has not been started".formatted(text)
              : "'%s' is not a valid queued experiment name".formatted(text));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
