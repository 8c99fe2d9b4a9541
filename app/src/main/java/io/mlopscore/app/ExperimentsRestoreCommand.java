package io.mlopscore.app;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops experiments restore`, with the options of `mlflow experiments restore`.
@Command(
    name = "restore",
    description = "Takes an experiment and its runs out of the bin.",
    mixinStandardHelpOptions = true)
final class ExperimentsRestoreCommand implements Callable<Integer> {
  @Mixin private TrackingOptions options = new TrackingOptions();

  @Option(
      names = {"-x", "--experiment-id"},
      required = true,
      description = "Which one.")
  private String id = "";

  @Override
  public Integer call() throws IOException {
    options.change(
        "experiments restore",
        Map.of("experiment_id", id),
        tracking -> {
          tracking.store().restoreExperiment(id);
          return id;
        });
    options.say("Experiment " + id + " is restored", Map.of("experiment_id", id));
    return 0;
  }
}
