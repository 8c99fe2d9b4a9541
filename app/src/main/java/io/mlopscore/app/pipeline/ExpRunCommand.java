package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.ReproOptions;
import io.mlopscore.pipeline.experiments.Experiments;
import io.mlopscore.pipeline.experiments.RunRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops exp run`: as `dvc exp run`.
@Command(
    name = "run",
    description = "Runs stages with other parameters and keeps the result as an experiment.",
    mixinStandardHelpOptions = true)
final class ExpRunCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TARGET", description = "Stages, outputs or .dvc files (all).")
  private List<String> targets = List.of();

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

  @Option(
      names = {"-f", "--force"},
      description = "Run even what is unchanged; replace an experiment of this name.")
  private boolean force;

  @Option(
      names = {"-s", "--single-item"},
      description = "Only the targets, not what they depend on.")
  private boolean single;

  @Option(names = "--dry", description = "Only tell what would run.")
  private boolean dry;

  @Option(
      names = {"-k", "--keep-going"},
      description = "After a failure go on with what does not need the failed stage.")
  private boolean keepGoing;

  @Option(names = "--no-hydra", description = "Do not compose parameters by Hydra.")
  private boolean noHydra;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    refuseHydra(pipeline);
    var progress = new ReproProgress(pipeline, System.out);
    var made = new Experiments(pipeline, new java.util.SplittableRandom()).run(request(), progress);
    if (!dry) {
      System.out.println("\nRan experiment(s): " + made.name());
      System.out.println("Experiment results have been applied to your workspace.");
    }
    return 0;
  }

  private RunRequest request() {
    var options = new ReproOptions(targets, force, single, dry, keepGoing, true, true);
    return new RunRequest(
        options, overrides, Optional.ofNullable(name), Optional.ofNullable(message), List.of());
  }

  private void refuseHydra(Pipeline pipeline) {
    if (pipeline.repository().config().hydra().enabled() && !noHydra) {
      throw new PipelineException(
          "hydra.enabled is set, and parameters cannot be composed by Hydra here: write params.yaml"
              + " yourself and use --no-hydra");
    }
  }
}
