package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.experiments.ExperimentExchange;
import io.mlopscore.pipeline.experiments.ExperimentExchange.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mlops exp push`: as `dvc exp push`.
@Command(
    name = "push",
    description = "Sends experiments to a git remote and their data to a data remote.",
    mixinStandardHelpOptions = true)
final class ExpPushCommand implements Callable<Integer> {
  @Mixin private final BaselineOptions baselines = new BaselineOptions();
  @Mixin private final ExpExchangeOptions options = new ExpExchangeOptions();

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var result =
        new ExperimentExchange(pipeline)
            .push(options.remote, options.names, baselines.chosen(), options.force);
    print(result);
    if (options.noCache) {
      System.out.println("Their data was not pushed; without --no-cache it would be.");
      return 0;
    }
    return result.commits().isEmpty() ? 0 : pushData(pipeline, result);
  }

  private void print(Result result) {
    if (!result.diverged().isEmpty()) {
      System.err.println(
          "Local experiment %s has diverged from remote experiment with the same name.%nTo override the remote experiment re-run with '--force'."
              .formatted(ExpText.joined(result.diverged())));
    }
    if (!result.same().isEmpty()) {
      System.out.println(
          "Experiment %s %s up to date on Git remote '%s'."
              .formatted(
                  ExpText.joined(result.same()),
                  result.same().size() > 1 ? "are" : "is",
                  options.remote));
    }
    if (!result.moved().isEmpty()) {
      System.out.println(
          "Pushed experiment %s to Git remote '%s'."
              .formatted(ExpText.joined(result.moved()), options.remote));
    }
    if (result.commits().isEmpty()) {
      System.out.println("No experiments to push.");
    }
  }

  private int pushData(Pipeline pipeline, Result result) throws IOException {
    try (var shown = new ProgressLine()) {
      var exchange = options.exchange(pipeline, shown.progress());
      if (!exchange.hasRemote()) {
        RemoteOptions.warn(
            "their data was not pushed: there is no default remote; name one with -r");
        return 0; // who has a git remote alone shares what git has, as with dvc
      }
      var moved = exchange.push(result.data(), options.runCache);
      if (moved.moved() > 0) {
        System.out.println(RemoteOptions.files(moved.moved(), "uploaded", "uploaded"));
      }
      return RemoteOptions.report(moved, "upload") == 0 ? 0 : ReproCommand.FAILED;
    }
  }
}
