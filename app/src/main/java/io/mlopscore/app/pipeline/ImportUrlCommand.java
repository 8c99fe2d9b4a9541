package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.remote.RemoteImport;
import io.mlopscore.pipeline.remote.UrlImport;
import io.mlopscore.pipeline.remote.UrlImport.Extent;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops import-url`: as `dvc import-url`, without `--version-aware`.
@Command(
    description = "Tracks data from a URL, and remembers where it came from.",
    mixinStandardHelpOptions = true)
public final class ImportUrlCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "A path, or an s3, gs, azure, ssh, http or remote URL.")
  private String url = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OUT",
      description = "Where it goes (its last name).")
  private String out = "";

  @Mixin private final ExtentOptions extents = new ExtentOptions();

  @Mixin private final ToRemoteOptions destination = new ToRemoteOptions();

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many files to copy at a time.")
  private int jobs = UrlImport.JOBS;

  @Option(
      names = {"-f", "--force"},
      description = "Replace what is there.")
  private boolean force;

  @Option(
      names = "--fs-config",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "An option of the URL, as remotes have it.")
  private Map<String, String> options = Map.of();

  @Override
  public Integer call() throws IOException {
    var extent = extents.extent();
    if (destination.asked() && extent != Extent.ALL) {
      throw new PipelineException("--no-exec/--no-download cannot be combined with --to-remote");
    }
    var pipeline = Pipeline.open(Path.of(""));
    Set<Path> written;
    try (var shown = new ProgressLine()) {
      var to = destination.remote();
      written =
          destination.asked()
              ? new RemoteImport(pipeline, options, to, jobs, shown.progress()).add(url, out, force)
              : new UrlImport(pipeline, options, jobs, shown.progress())
                  .add(url, out, extent, force);
    } catch (NoSuchFileException e) {
      throw new PipelineException("'%s' does not exist".formatted(url), e);
    }
    GitHint.print(pipeline, written);
    return 0;
  }
}
