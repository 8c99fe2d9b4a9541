package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.experiments.ExperimentQueue;
import io.mlopscore.pipeline.experiments.QueuedTask;
import io.mlopscore.pipeline.experiments.QueuedTask.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops queue kill`: as `dvc queue kill`.
@Command(name = "kill", description = "Ends experiments that run.", mixinStandardHelpOptions = true)
final class QueueKillCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "TASK", description = "Names, or beginnings of hashes.")
  private List<String> tasks = List.of();

  @Option(
      names = {"-f", "--force"},
      description = "At once, without letting commands end by themselves.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    var queue = new ExperimentQueue(Pipeline.open(Path.of("")));
    var unknown = new ArrayList<String>();
    for (var text : tasks) {
      var task = queue.find(text, List.of(State.RUNNING));
      if (task.isEmpty()) {
        unknown.add(text);
        continue;
      }
      end(queue, task.get(), force);
      System.out.println(text + " has been killed.");
    }
    if (!unknown.isEmpty()) {
      throw new PipelineException(
          unknown.stream().map(text -> "'" + text + "'").collect(Collectors.joining(", "))
              + (unknown.size() > 1
                  ? " are not valid running experiment names"
                  : " is not a valid running experiment name"));
    }
    return 0;
  }

  /// Ends the commands of its stages, whereupon it fails as when a stage fails; or all of it.
  static void end(ExperimentQueue queue, QueuedTask task, boolean force) throws IOException {
    var process = queue.process(task);
    if (process.isEmpty()) {
      return;
    }
    var commands = process.get().descendants().toList();
    if (force) {
      process.get().destroyForcibly();
      commands.forEach(ProcessHandle::destroyForcibly);
    } else if (commands.isEmpty()) {
      process.get().destroy();
    } else {
      commands.forEach(ProcessHandle::destroy);
    }
  }
}
