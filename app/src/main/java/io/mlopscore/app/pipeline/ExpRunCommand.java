package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.ReproOptions.Flag;
import io.mlopscore.pipeline.experiments.ExperimentQueue;
import io.mlopscore.pipeline.experiments.NewExperiments;
import io.mlopscore.pipeline.experiments.QueuedTask.State;
import io.mlopscore.pipeline.experiments.RunRequest;
import io.mlopscore.pipeline.experiments.TaskRun;
import io.mlopscore.pipeline.remote.RemoteUrls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops exp run`: as `dvc exp run`.
@Command(
    name = "run",
    description = "Runs stages with other parameters and keeps the result as an experiment.",
    mixinStandardHelpOptions = true)
final class ExpRunCommand implements Callable<Integer> {
  @Mixin private final ExpRunOptions repro = new ExpRunOptions();

  @Option(
      names = {"-S", "--set-param"},
      arity = "1",
      paramLabel = "[FILE:]KEY=VALUE",
      description =
          "Change a parameter first (params.yaml); +KEY=VALUE adds one, ++KEY=VALUE does either,"
              + " ~KEY removes one. May be repeated.")
  private List<String> overrides = List.of();

  @Option(
      names = {"-n", "--name"},
      paramLabel = "NAME",
      description = "Of the experiment (two words).")
  private @Nullable String name;

  @Option(
      names = {"-m", "--message"},
      paramLabel = "TEXT",
      description = "Message of its commit.")
  private @Nullable String message;

  @Option(names = "--queue", description = "Only put it into the queue.")
  private boolean queued;

  @Option(names = "--run-all", description = "Run all that is in the queue.")
  private boolean runAll;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "With --run-all: how many at a time (1).")
  private int jobs = 1;

  @Option(names = "--temp", description = "Run in a folder of its own, not in the workspace.")
  private boolean apart;

  @Option(
      names = {"-C", "--copy-paths"},
      paramLabel = "PATH",
      description = "With --temp or --queue: take along what git does not know. May be repeated.")
  private List<String> copied = List.of();

  @Option(names = "--no-hydra", description = "Do not compose parameters by Hydra.")
  private boolean noHydra;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""), new RemoteUrls());
    refuseHydra(pipeline);
    if (runAll) {
      return runAll(pipeline);
    }
    var options = repro.options();
    var request =
        new RunRequest(options, overrides, Optional.ofNullable(name), Optional.ofNullable(message));
    var experiments = new NewExperiments(pipeline, new SplittableRandom());
    if (queued) {
      enqueue(pipeline, experiments, request);
    } else if (apart) {
      runApart(pipeline, experiments, request);
    } else {
      runHere(pipeline, experiments, request);
    }
    return 0;
  }

  private void runHere(Pipeline pipeline, NewExperiments experiments, RunRequest request)
      throws IOException {
    var progress = ReproProgress.within(pipeline, request.options(), System.out);
    var made = experiments.run(request, progress, new RemoteData(pipeline));
    if (!request.options().has(Flag.DRY)) {
      System.out.println("\nRan experiment(s): " + made.name());
      System.out.println("Experiment results have been applied to your workspace.");
      AutoPush.of(pipeline, System.getenv()).send(made.name());
    }
  }

  private void runApart(Pipeline pipeline, NewExperiments experiments, RunRequest request)
      throws IOException {
    for (var task : experiments.tasks(request, List.of(), copied, Clock.systemUTC())) {
      var progress = new ElsewhereProgress(request.options());
      var made = new TaskRun(pipeline, task).run(request.options(), progress);
      if (!request.options().has(Flag.DRY)) {
        tellRan(List.of(made.name()));
        AutoPush.of(pipeline, System.getenv()).send(made.name());
      }
    }
  }

  private static void tellRan(List<String> names) {
    System.out.println("\nRan experiment(s): " + String.join(", ", names));
    System.out.println(
        "To apply the results of an experiment to your workspace run:\n\n\tmlops exp apply <exp>");
  }

  private void enqueue(Pipeline pipeline, NewExperiments experiments, RunRequest request)
      throws IOException {
    var queue = new ExperimentQueue(pipeline);
    for (var task : experiments.tasks(request, repro.arguments(), copied, Clock.systemUTC())) {
      queue.put(task);
      System.out.printf("Queued experiment '%s' for future execution.%n", task.name());
    }
  }

  private int runAll(Pipeline pipeline) throws IOException {
    var queue = new ExperimentQueue(pipeline);
    var all = queue.tasks();
    var waited = new ArrayList<>(all.getOrDefault(State.RUNNING, List.of()));
    waited.addAll(all.getOrDefault(State.QUEUED, List.of()));
    if (waited.isEmpty()) {
      return 0;
    }
    QueueProcesses.startWorkers(pipeline, queue, jobs);
    System.out.println(
        "Following logs for all queued experiments. Use Ctrl+C to stop following logs (experiment"
            + " execution will continue).\n");
    var ran = new ArrayList<String>();
    var failed = new ArrayList<String>();
    for (var task : waited) {
      boolean well = new FollowedLog(queue, task).print(System.out);
      (well ? ran : failed).add(task.name());
    }
    if (!failed.isEmpty()) {
      System.err.println(
          "ERROR: Failed to reproduce experiment(s) '%s'".formatted(String.join(", ", failed)));
    }
    if (!ran.isEmpty()) {
      tellRan(ran);
    }
    return 0;
  }

  private void refuseHydra(Pipeline pipeline) {
    if (pipeline.repository().config().hydra().enabled() && !noHydra) {
      throw new PipelineException(
          "hydra.enabled is set, and parameters cannot be composed by Hydra here: write params.yaml"
              + " yourself and use --no-hydra");
    }
  }
}
