package io.mlopscore.app;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops experiments delete`, with the options of `mlflow experiments delete`.
@Command(
    name = "delete",
    description = "Puts an experiment and its runs into the bin, from where they can be restored.",
    mixinStandardHelpOptions = true)
final class ExperimentsDeleteCommand implements Callable<Integer> {
  @Mixin private TrackingOptions options = new TrackingOptions();

  @Option(
      names = {"-x", "--experiment-id"},
      required = true,
      description = "Which one.")
  private String id = "";

  @Override
  public Integer call() throws IOException {
    options.change(
        "experiments delete",
        Map.of("experiment_id", id),
        tracking -> {
          tracking.store().deleteExperiment(id);
          return id;
        });
    options.say("Experiment " + id + " is deleted", Map.of("experiment_id", id));
    return 0;
  }
}
