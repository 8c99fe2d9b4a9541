package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.remote.RepositoryImport;
import io.mlopscore.pipeline.remote.SourceRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops get`: as `dvc get`.
@Command(
    description = "Copies files or data from another repository.",
    mixinStandardHelpOptions = true)
public final class GetCommand implements Callable<Integer> {
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

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many files to fetch at a time.")
  private @Nullable Integer jobs;

  @Option(names = "--show-url", description = "Only print where the data is kept.")
  private boolean showUrl;

  @Mixin private final SourceOptions options = new SourceOptions();

  @Override
  public Integer call() throws IOException {
    var here = Path.of("").toAbsolutePath();
    try (var shown = new ProgressLine();
        var source =
            SourceRepository.open(
                options.address(url),
                here,
                Optional.empty(),
                SourceOptions.jobs(jobs),
                shown.progress())) {
      if (showUrl) {
        System.out.println(source.url(path));
      } else {
        source.copy(path, RepositoryImport.target(here, path, out, force));
      }
    }
    return 0;
  }
}
