package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.remote.RepositoryImport;
import io.mlopscore.pipeline.remote.SourceRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops get`: as `dvc get`.
@Command(
    description = "Copies files or data from another repository.",
    mixinStandardHelpOptions = true)
public final class GetCommand implements Callable<Integer> {
  @Mixin private final SourcePathOptions from = new SourcePathOptions();

  @Mixin private final CopyOptions copy = new CopyOptions();

  @Option(names = "--show-url", description = "Only print where the data is kept.")
  private boolean showUrl;

  @Override
  public Integer call() throws IOException {
    var here = Path.of("").toAbsolutePath();
    try (var shown = new ProgressLine();
        var source =
            SourceRepository.open(
                from.address(), here, Optional.empty(), copy.jobs(), shown.progress())) {
      if (showUrl) {
        System.out.println(source.url(from.path()));
      } else {
        var target = RepositoryImport.target(here, from.path(), from.out(), copy.force());
        source.copy(from.path(), target);
      }
    }
    return 0;
  }
}
