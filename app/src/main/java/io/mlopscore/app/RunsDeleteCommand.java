package io.mlopscore.app;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops runs delete`, with the options of `mlflow runs delete`.
@Command(
    name = "delete",
    description = "Puts a run into the bin, from where it can be restored.",
    mixinStandardHelpOptions = true)
final class RunsDeleteCommand implements Callable<Integer> {
  @Mixin private TrackingOptions options = new TrackingOptions();

  @Option(names = "--run-id", required = true, description = "Which one.")
  private String id = "";

  @Override
  public Integer call() throws IOException {
    options.change(
        "runs delete",
        Map.of("run_id", id),
        tracking -> {
          tracking.store().deleteRun(id);
          return id;
        });
    options.say("Run " + id + " is deleted", Map.of("run_id", id));
    return 0;
  }
}
