package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mlops fetch`: as `dvc fetch`.
@Command(
    description = "Copies data that the cache lacks from a remote.",
    mixinStandardHelpOptions = true)
public final class FetchCommand implements Callable<Integer> {
  @Mixin private final RemoteOptions options = new RemoteOptions();

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var exchange = new DataStore(pipeline).fetch(options.targets(), options.remote());
    return RemoteOptions.print(pipeline, exchange, "fetched");
  }
}
