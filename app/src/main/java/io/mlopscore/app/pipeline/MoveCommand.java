package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.DataMove;
import io.mlopscore.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `mlops move`: as `dvc move`.
@Command(description = "Renames data together with its .dvc file.", mixinStandardHelpOptions = true)
public final class MoveCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FROM", description = "Data that was added or imported.")
  private Path from = Path.of("");

  @Parameters(index = "1", paramLabel = "TO", description = "Its new path or directory.")
  private Path to = Path.of("");

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var changed = new DataMove(pipeline).move(from.toAbsolutePath(), to.toAbsolutePath());
    GitHint.print(pipeline, changed);
    return 0;
  }
}
