package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.remote.RepositoryImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops import`: as `dvc import`.
@Command(
    description = "Tracks files or data of another repository, and remembers where they came from.",
    mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "REPOSITORY", description = "A folder or a URL of git.")
  private String url = "";

  @Parameters(index = "1", paramLabel = "PATH", description = "A file or folder in it.")
  private String path = "";

  @Option(
      names = {"-o", "--out"},
      paramLabel = "PATH",
      description = "Where the copy goes (the last part of PATH).")
  private String out = "";

  @Option(
      names = {"-f", "--force"},
      description = "Replace what is there.")
  private boolean force;

  @Mixin private final ExtentOptions extents = new ExtentOptions();

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many files to fetch at a time.")
  private @Nullable Integer jobs;

  @Mixin private final SourceOptions options = new SourceOptions();

  @Override
  public Integer call() throws IOException {
    var extent = extents.extent();
    var pipeline = Pipeline.open(Path.of(""));
    Set<Path> written;
    try (var shown = new ProgressLine()) {
      written =
          new RepositoryImport(
                  pipeline,
                  SourceOptions.jobs(jobs),
                  shown.progress(),
                  (from, repository, target) -> tell(pipeline, from, repository, target))
              .add(options.address(url), path, out, extent, force);
    }
    GitHint.print(pipeline, written);
    return 0;
  }

  static void tell(Pipeline pipeline, String path, String url, Path target) {
    System.out.printf("Importing '%s (%s)' -> '%s'%n", path, url, pipeline.shown(target));
  }
}
