package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.experiments.Experiments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops exp remove`: as `dvc exp remove`.
@Command(
    name = "remove",
    aliases = "rm",
    description = "Removes experiments.",
    mixinStandardHelpOptions = true)
final class ExpRemoveCommand implements Callable<Integer> {
  @Mixin private final BaselineOptions baselines = new BaselineOptions();

  @Option(names = "--keep", description = "Remove all others instead.")
  private boolean keep;

  @Option(
      names = {"-g", "--git-remote"},
      paramLabel = "GIT_REMOTE",
      description = "Remove them from this git remote.")
  private @Nullable String remote;

  @Parameters(paramLabel = "EXPERIMENT", description = "Names of experiments.")
  private List<String> names = List.of();

  @Override
  public Integer call() throws IOException {
    if (baselines.given() == !names.isEmpty()) {
      throw new PipelineException(
          "Either provide an `experiment` argument, or use the `--rev` or `--all-commits` or"
              + " `--queue` flag.");
    }
    var pipeline = Pipeline.open(Path.of(""));
    var experiments = new Experiments(pipeline);
    var chosen =
        baselines.given()
            ? Optional.of(baselines.chosen())
            : Optional.<io.mlopscore.pipeline.experiments.Baselines>empty();
    var removed =
        new ArrayList<>(experiments.remove(names, chosen, keep, Optional.ofNullable(remote)));
    System.out.println(
        removed.isEmpty()
            ? "No experiments to remove."
            : "Removed experiments: " + ExpText.enumerated(removed));
    return 0;
  }
}
