package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.experiments.ExperimentQueue;
import io.mlopscore.pipeline.experiments.QueuedTask.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops queue remove`: as `dvc queue remove`.
@Command(
    name = "remove",
    aliases = "rm",
    description = "Forgets queued experiments, and those that ran.",
    mixinStandardHelpOptions = true)
final class QueueRemoveCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "TASK", description = "Names, or beginnings of hashes.")
  private List<String> tasks = List.of();

  @Option(names = "--all", description = "All that do not run.")
  private boolean all;

  @Option(names = "--queued", description = "All that wait.")
  private boolean queued;

  @Option(names = "--success", description = "All that ended well.")
  private boolean success;

  @Option(names = "--failed", description = "All that failed.")
  private boolean failed;

  @Override
  public Integer call() throws IOException {
    var states = states();
    if (states.isEmpty() == tasks.isEmpty()) {
      throw new PipelineException(
          "Either provide an `tasks` argument, or use the `--all`, `--queued`, `--failed`,"
              + " `--success` flag.");
    }
    var queue = new ExperimentQueue(Pipeline.open(Path.of("")));
    var removed = states.isEmpty() ? queue.remove(tasks) : queue.clear(states);
    System.out.println(
        removed.isEmpty()
            ? "No tasks found named " + tasks
            : "Removed tasks in queue: " + String.join(", ", removed));
    return 0;
  }

  private EnumSet<State> states() {
    var states = EnumSet.noneOf(State.class);
    if (all || queued) {
      states.add(State.QUEUED);
    }
    if (all || failed) {
      states.add(State.FAILED);
    }
    if (all || success) {
      states.add(State.SUCCESS);
    }
    return states;
  }
}
