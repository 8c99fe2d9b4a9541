package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mlops push`: as `dvc push`.
@Command(description = "Copies data that a remote lacks to it.", mixinStandardHelpOptions = true)
public final class PushCommand implements Callable<Integer> {
  @Mixin private final RemoteOptions options = new RemoteOptions();

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var exchange = new DataStore(pipeline).push(options.targets(), options.remote());
    return RemoteOptions.print(pipeline, exchange, "pushed");
  }
}
