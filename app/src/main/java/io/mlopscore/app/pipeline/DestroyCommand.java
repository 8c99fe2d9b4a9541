package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.RepositoryRemoval;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mlops destroy`: as `dvc destroy`.
@Command(
    description = "Removes the files of stages and data, .dvcignore, and .dvc with its cache.",
    mixinStandardHelpOptions = true)
public final class DestroyCommand implements Callable<Integer> {
  @Option(
      names = {"-f", "--force"},
      description = "Do not ask.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    if (!force && !confirmed(pipeline)) {
      throw new PipelineException("nothing was removed; --force does it without asking");
    }
    new RepositoryRemoval(pipeline).run();
    return 0;
  }

  private static boolean confirmed(Pipeline pipeline) {
    return Prompt.confirm(
        """
        Every dvc.yaml, dvc.lock and .dvc file goes, and %s with all that is in it; data in the \
        workspace stays.
        Continue?"""
            .formatted(pipeline.repository().root().resolve(".dvc")),
        System.out);
  }
}
