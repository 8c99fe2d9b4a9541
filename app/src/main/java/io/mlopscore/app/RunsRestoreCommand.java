package io.mlopscore.app;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops runs restore`, with the options of `mlflow runs restore`.
@Command(
    name = "restore",
    description = "Takes a run out of the bin.",
    mixinStandardHelpOptions = true)
final class RunsRestoreCommand implements Callable<Integer> {
  @Mixin private TrackingOptions options = new TrackingOptions();

  @Option(names = "--run-id", required = true, description = "Which one.")
  private String id = "";

  @Override
  public Integer call() throws IOException {
    options.change(
        "runs restore",
        Map.of("run_id", id),
        tracking -> {
          tracking.store().restoreRun(id);
          return id;
        });
    options.say("Run " + id + " is restored", Map.of("run_id", id));
    return 0;
  }
}
