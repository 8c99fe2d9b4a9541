package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.RepositoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where experiments have files of ours, which can be lost.
///
/// @param path below `.dvc/tmp/mlops`
public record ExperimentFolder(Path path) {
  public static ExperimentFolder of(Pipeline pipeline) {
    return new ExperimentFolder(pipeline.repository().own().resolve("experiments"));
  }

  /// Removes temporary files of experiments that were interrupted.
  ///
  /// @throws PipelineException while an experiment runs in the workspace
  public void clean() throws IOException {
    try (var _ = workspace();
        var files = Files.newDirectoryStream(path, "index*")) {
      for (var file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// Keeps others from running an experiment in the workspace until closed.
  RepositoryLock workspace() throws IOException {
    return RepositoryLock.tryTake(path.resolve("workspace.lock"))
        .orElseThrow(
            () ->
                new PipelineException(
                    "another experiment runs in this workspace; wait for it, or use --temp or --queue"));
  }
}
