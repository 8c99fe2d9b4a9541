package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.experiments.ExperimentExchange;
import io.mlopscore.pipeline.experiments.ExperimentExchange.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mlops exp pull`: as `dvc exp pull`.
@Command(
    name = "pull",
    description = "Gets experiments from a git remote and their data from a data remote.",
    mixinStandardHelpOptions = true)
final class ExpPullCommand implements Callable<Integer> {
  @Mixin private final BaselineOptions baselines = new BaselineOptions();
  @Mixin private final ExpExchangeOptions options = new ExpExchangeOptions();

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var result =
        new ExperimentExchange(pipeline)
            .pull(options.remote, options.names, baselines.chosen(), options.force);
    if (!result.diverged().isEmpty()) {
      RemoteOptions.warn(
          "Local experiment '%s' has diverged from remote experiment with the same name. To override the local experiment re-run with '--force'."
              .formatted(ExpText.joined(result.diverged())));
    }
    System.out.println(
        result.moved().isEmpty()
            ? "No experiments to pull."
            : "Pulled experiment %s from Git remote '%s'."
                .formatted(ExpText.enumerated(result.moved()), options.remote));
    if (options.noCache) {
      System.out.println("Their data was not pulled; without --no-cache it would be.");
      return 0;
    }
    return result.commits().isEmpty() ? 0 : fetchData(pipeline, result);
  }

  private int fetchData(Pipeline pipeline, Result result) throws IOException {
    try (var shown = new ProgressLine()) {
      var moved =
          options.exchange(pipeline, shown.progress()).fetch(result.data(), options.runCache);
      return RemoteOptions.report(moved, "download") == 0 ? 0 : ReproCommand.FAILED;
    }
  }
}
