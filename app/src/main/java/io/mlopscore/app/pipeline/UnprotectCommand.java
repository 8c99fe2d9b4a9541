package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `mlops unprotect`: as `dvc unprotect`.
@Command(
    description = "Makes data writable that is linked to the cache.",
    mixinStandardHelpOptions = true)
public final class UnprotectCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files or directories.")
  private List<String> paths = List.of();

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    new DataStore(pipeline).unprotect(paths.stream().map(pipeline::resolve).toList());
    return 0;
  }
}
