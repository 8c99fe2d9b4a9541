package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.experiments.ExperimentQueue;
import io.mlopscore.pipeline.experiments.QueuedTask;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Starts this program again: workers of the queue, and the experiments that they run.
final class QueueProcesses {
  private QueueProcesses() {}

  /// The command that runs this program.
  private static String program() {
    var program = System.getenv("MLOPS_BIN");
    if (program == null) {
      throw new PipelineException(
          "MLOPS_BIN, which the command mlops sets, does not say what to start workers by");
    }
    return program;
  }

  /// @return how many were started, beside those that run already
  static int startWorkers(Pipeline pipeline, ExperimentQueue queue, int wanted) throws IOException {
    var numbers = queue.workers().startable(wanted);
    for (int number : numbers) {
      var log = pipeline.repository().own().resolve("experiments/worker.log");
      Files.createDirectories(log.resolveSibling(""));
      start(
          pipeline.directory(),
          log,
          List.of("exp", "queue-worker", "--number", Integer.toString(number)));
    }
    return numbers.size();
  }

  /// Runs on when whoever started it is interrupted or goes.
  private static Process start(Path directory, Path log, List<String> arguments)
      throws IOException {
    var command = new ArrayList<>(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
    command.add(program());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  static Process start(Pipeline pipeline, QueuedTask task, Path log) throws IOException {
    var arguments = new ArrayList<>(List.of("exp", "exec-run", "--task", task.revision()));
    arguments.addAll(task.arguments());
    return start(pipeline.directory(), log, arguments);
  }
}
