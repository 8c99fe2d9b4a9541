package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.remote.Extent;
import io.mlopscore.pipeline.remote.RemoteImport;
import io.mlopscore.pipeline.remote.UrlImport;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mlops import-url`: as `dvc import-url`, without `--version-aware`.
@Command(
    description = "Tracks data from a URL, and remembers where it came from.",
    mixinStandardHelpOptions = true)
public final class ImportUrlCommand implements Callable<Integer> {
  @Mixin private final UrlCopyOptions copy = new UrlCopyOptions();

  @Mixin private final ExtentOptions extents = new ExtentOptions();

  @Mixin private final ToRemoteOptions destination = new ToRemoteOptions();

  @Override
  public Integer call() throws IOException {
    var extent = extents.extent();
    if (destination.asked() && extent != Extent.ALL) {
      throw new PipelineException("--no-exec/--no-download cannot be combined with --to-remote");
    }
    var pipeline = Pipeline.open(Path.of(""));
    Set<Path> written;
    try (var shown = new ProgressLine()) {
      written =
          destination.asked()
              ? new RemoteImport(pipeline, destination.remote(), copy.jobs(), shown.progress())
                  .add(copy.url(), copy.options(), copy.out(), copy.force())
              : new UrlImport(pipeline, copy.jobs(), shown.progress())
                  .add(copy.url(), copy.options(), copy.out(), extent, copy.force());
    } catch (NoSuchFileException e) {
      throw new PipelineException("'%s' does not exist".formatted(copy.url()), e);
    }
    GitHint.print(pipeline, written);
    return 0;
  }
}
