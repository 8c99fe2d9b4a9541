package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.StatusText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops status`: as `dvc status`.
@Command(description = "Shows what changed since the last run.", mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TARGET", description = "Stages, outputs or .dvc files (all).")
  private List<String> targets = List.of();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print nothing; exit code 1 when something changed.")
  private boolean quiet;

  @Mixin private final CloudStatus cloud = new CloudStatus();

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    if (cloud.isWanted()) {
      return cloud.run(pipeline, targets, false, false, json, quiet);
    }
    var changes = pipeline.status(targets);
    if (quiet) {
      return changes.isEmpty() ? 0 : 1;
    }
    var text = new StatusText(pipeline);
    System.out.print(json ? text.json(changes) : text.text(changes));
    return 0;
  }
}
