package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.experiments.Experiments;
import io.mlopscore.pipeline.experiments.RunRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops exp run`: as `dvc exp run` in the workspace.
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

  @Option(names = "--no-hydra", description = "Do not compose parameters by Hydra.")
  private boolean noHydra;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    refuseHydra(pipeline);
    var options = repro.options();
    var request =
        new RunRequest(options, overrides, Optional.ofNullable(name), Optional.ofNullable(message));
    var progress = new ReproProgress(pipeline, options, System.out);
    var made =
        new Experiments(pipeline, new SplittableRandom())
            .run(request, progress, new RemoteData(pipeline));
    if (!options.dry()) {
      System.out.println("\nRan experiment(s): " + made.name());
      System.out.println("Experiment results have been applied to your workspace.");
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
