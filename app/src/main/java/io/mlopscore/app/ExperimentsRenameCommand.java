package io.mlopscore.app;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops experiments rename`, with the options of `mlflow experiments rename`.
@Command(
    name = "rename",
    description = "Gives an active experiment another name.",
    mixinStandardHelpOptions = true)
final class ExperimentsRenameCommand implements Callable<Integer> {
  @Mixin private TrackingOptions options = new TrackingOptions();

  @Option(
      names = {"-x", "--experiment-id"},
      required = true,
      description = "Which one.")
  private String id = "";

  @Option(names = "--new-name", required = true, description = "What it will be called.")
  private String name = "";

  @Override
  public Integer call() throws IOException {
    var facts = Map.of("experiment_id", id, "new_name", name);
    options.change(
        "experiments rename",
        facts,
        tracking -> {
          tracking.store().renameExperiment(id, name);
          return id;
        });
    options.say("Experiment " + id + " is now '" + name + "'", facts);
    return 0;
  }
}
