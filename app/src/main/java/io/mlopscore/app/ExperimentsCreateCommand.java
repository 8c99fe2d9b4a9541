package io.mlopscore.app;

import io.mlopscore.tracking.NewExperiment;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops experiments create`, with the options of `mlflow experiments create`.
@Command(
    name = "create",
    description = "Creates an experiment and prints its id.",
    mixinStandardHelpOptions = true)
final class ExperimentsCreateCommand implements Callable<Integer> {
  @Mixin private TrackingOptions options = new TrackingOptions();

  @Option(
      names = {"-n", "--experiment-name"},
      required = true,
      description = "What it is called.")
  private String name = "";

  @Option(
      names = {"-l", "--artifact-location"},
      description = "The URI below which its runs keep artifacts (the usual place).")
  private String location = "";

  @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "A tag; may be repeated.")
  private Map<String, String> tags = Map.of();

  @Override
  public Integer call() throws IOException {
    var id =
        options.change(
            "experiments create",
            Map.of("name", name),
            tracking -> tracking.store().createExperiment(new NewExperiment(name, location, tags)));
    options.say("Created experiment '" + name + "' with id " + id, Map.of("experiment_id", id));
    return 0;
  }
}
