package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.remote.Extent;
import io.mlopscore.pipeline.remote.ImportFile;
import io.mlopscore.pipeline.remote.ImportFile.FromRepository;
import io.mlopscore.pipeline.remote.ImportFile.FromUrl;
import io.mlopscore.pipeline.remote.Imports;
import io.mlopscore.pipeline.remote.RemoteImport;
import io.mlopscore.pipeline.remote.RepositoryImport;
import io.mlopscore.pipeline.remote.UrlImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops update`: as `dvc update`.
@Command(
    description = "Gets imported data again if it changed where it came from.",
    mixinStandardHelpOptions = true)
public final class UpdateCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = ".dvc files of imports, or with -R folders.")
  private List<String> files = List.of();

  @Option(
      names = "--rev",
      paramLabel = "REVISION",
      description = "Of imports from repositories: follow this from now on.")
  private @Nullable String revision;

  @Option(names = "--no-download", description = "Record what is there without downloading it.")
  private boolean noDownload;

  @Option(
      names = {"-R", "--recursive"},
      description = "Update all imports below folders.")
  private boolean recursive;

  @Mixin private final ToRemoteOptions destination = new ToRemoteOptions();

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many files to copy at a time.")
  private int jobs = UrlImport.JOBS;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    if (destination.asked() && noDownload) {
      throw new PipelineException("--to-remote can't be used with --no-download");
    }
    for (var file : definitions(pipeline)) {
      switch (ImportFile.read(pipeline, file)) {
        case FromUrl imported -> update(pipeline, imported);
        case FromRepository imported -> update(pipeline, imported);
      }
    }
    return 0;
  }

  private List<Path> definitions(Pipeline pipeline) throws IOException {
    var found = new ArrayList<Path>();
    for (var name : files) {
      var path = pipeline.resolve(name);
      if (recursive && Files.isDirectory(path)) {
        found.addAll(Imports.below(pipeline, path));
      } else {
        found.add(path);
      }
    }
    return found;
  }

  private void update(Pipeline pipeline, FromUrl file) throws IOException {
    var name = pipeline.shown(file.definition());
    if (revision != null) {
      throw new PipelineException("'%s' comes from a URL, which has no --rev".formatted(name));
    }
    try (var shown = new ProgressLine()) {
      if (destination.asked()) {
        new RemoteImport(pipeline, destination.remote(), jobs, shown.progress()).update(file);
      } else {
        new UrlImport(pipeline, jobs, shown.progress()).update(file, extent());
      }
    } catch (NoSuchFileException e) {
      throw new PipelineException("'%s': its source is gone: %s".formatted(name, e.getFile()), e);
    }
  }

  private Extent extent() {
    return noDownload ? Extent.NO_DOWNLOAD : Extent.ALL;
  }

  private void update(Pipeline pipeline, FromRepository file) throws IOException {
    if (destination.asked()) {
      throw new PipelineException(
          "Data imported from other DVC or Git repositories can't be updated with --to-remote");
    }
    try (var shown = new ProgressLine()) {
      new RepositoryImport(
              pipeline,
              OptionalInt.of(jobs),
              shown.progress(),
              (path, url, target) -> ImportCommand.tell(pipeline, path, url, target))
          .update(file, Optional.ofNullable(revision), extent());
    }
  }
}
