package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.remote.RepositoryImport;
import io.mlopscore.pipeline.remote.UrlImport;
import io.mlopscore.pipeline.remote.UrlImport.Extent;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops update`: as `dvc update`, without `-R` and `--to-remote`.
@Command(
    description = "Gets imported data again if it changed where it came from.",
    mixinStandardHelpOptions = true)
public final class UpdateCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = ".dvc files of imports.")
  private List<String> files = List.of();

  @Option(
      names = "--rev",
      paramLabel = "REVISION",
      description = "Of imports from repositories: follow this from now on.")
  private @Nullable String revision;

  @Option(names = "--no-download", description = "Record what is there without downloading it.")
  private boolean noDownload;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many files to copy at a time.")
  private int jobs = 4 * Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var extent = noDownload ? Extent.NO_DOWNLOAD : Extent.ALL;
    for (var file : files) {
      if (RepositoryImport.isOne(pipeline.resolve(file))) {
        updateFromRepository(pipeline, pipeline.resolve(file), extent);
        continue;
      }
      if (revision != null) {
        throw new PipelineException("'%s' comes from a URL, which has no --rev".formatted(file));
      }
      try (var shown = new ProgressLine()) {
        new UrlImport(pipeline, Map.of(), jobs, shown.progress())
            .update(pipeline.resolve(file), extent);
      } catch (NoSuchFileException e) {
        throw new PipelineException("'%s': its source is gone: %s".formatted(file, e.getFile()), e);
      }
    }
    return 0;
  }

  private void updateFromRepository(Pipeline pipeline, Path file, Extent extent)
      throws IOException {
    try (var shown = new ProgressLine()) {
      new RepositoryImport(
              pipeline,
              OptionalInt.of(jobs),
              shown.progress(),
              (path, url, target) -> ImportCommand.tell(pipeline, path, url, target))
          .update(file, Optional.ofNullable(revision), extent);
    }
  }
}
