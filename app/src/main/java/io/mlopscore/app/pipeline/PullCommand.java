package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops pull`: as `dvc pull`, a fetch and a checkout.
@Command(
    description = "Gets data from a remote into the cache and the workspace.",
    mixinStandardHelpOptions = true)
public final class PullCommand implements Callable<Integer> {
  @Mixin private final RemoteOptions options = new RemoteOptions();

  @Option(
      names = {"-f", "--force"},
      description = "Overwrite changes that the cache does not have.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var data = new DataStore(pipeline);
    var exchange = data.fetch(options.targets(), options.remote());
    int fetched = RemoteOptions.print(pipeline, exchange, "fetched");
    int placed = CheckoutCommand.print(pipeline, data.checkout(options.targets(), force));
    return Math.max(fetched, placed);
  }
}
