package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.experiments.ExperimentQueue;
import io.mlopscore.pipeline.experiments.QueuedTask.State;
import io.mlopscore.pipeline.experiments.TaskRun;
import io.mlopscore.pipeline.remote.RemoteUrls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops exp exec-run`: what a worker starts for each experiment.
@Command(name = "exec-run", hidden = true, mixinStandardHelpOptions = true)
final class ExpExecRunCommand implements Callable<Integer> {
  @Option(names = "--task", required = true, paramLabel = "HASH")
  private String revision = "";

  @Mixin private final ExpRunOptions repro = new ExpRunOptions();

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""), new RemoteUrls());
    var task =
        new ExperimentQueue(pipeline)
            .find(revision, List.of(State.RUNNING))
            .orElseThrow(() -> new PipelineException("no worker has taken " + revision));
    var options = repro.options();
    new TaskRun(pipeline, task).run(options, new ElsewhereProgress(options));
    System.out.println("\nRan experiment(s): " + task.name());
    AutoPush.of(pipeline, System.getenv()).send(task.name());
    return 0;
  }
}
