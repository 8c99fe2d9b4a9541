package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.remote.RepositoryImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mlops import`: as `dvc import`.
@Command(
    description = "Tracks files or data of another repository, and remembers where they came from.",
    mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
  @Mixin private final SourcePathOptions from = new SourcePathOptions();

  @Mixin private final CopyOptions copy = new CopyOptions();

  @Mixin private final ExtentOptions extents = new ExtentOptions();

  @Override
  public Integer call() throws IOException {
    var extent = extents.extent();
    var pipeline = Pipeline.open(Path.of(""));
    Set<Path> written;
    try (var shown = new ProgressLine()) {
      written =
          new RepositoryImport(
                  pipeline,
                  copy.jobs(),
                  shown.progress(),
                  (path, url, target) -> tell(pipeline, path, url, target))
              .add(from.address(), from.path(), from.out(), extent, copy.force());
    }
    GitHint.print(pipeline, written);
    return 0;
  }

  static void tell(Pipeline pipeline, String path, String url, Path target) {
    System.out.printf("Importing '%s (%s)' -> '%s'%n", path, url, pipeline.shown(target));
  }
}
