package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.StageRemover;
import io.mlopscore.pipeline.remote.RemoteUrls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops remove`: as `dvc remove`.
@Command(
    description = "Takes stages out of dvc.yaml, or stops to track data.",
    mixinStandardHelpOptions = true)
public final class RemoveCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "TARGET", description = "Stages or .dvc files.")
  private List<String> targets = List.of();

  @Option(names = "--outs", description = "Delete what they wrote, too.")
  private boolean outputs;

  @Override
  public Integer call() throws IOException {
    var remover = new StageRemover(Pipeline.open(Path.of(""), new RemoteUrls()), Path.of(""));
    for (var target : targets) {
      remover.remove(target, outputs);
    }
    return 0;
  }
}
