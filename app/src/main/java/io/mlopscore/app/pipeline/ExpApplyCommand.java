package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Checkout.Action;
import io.mlopscore.pipeline.Checkout.Entry;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.experiments.ExperimentApply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops exp apply`: as `dvc exp apply`.
@Command(
    name = "apply",
    description = "Puts the files and data of an experiment into the workspace.",
    mixinStandardHelpOptions = true)
final class ExpApplyCommand implements Callable<Integer> {
  private static final String UNDO =
      "To undo it: git reset --hard, then git stash apply refs/exps/apply/stash";

  @Parameters(paramLabel = "EXPERIMENT", description = "Its name, or a revision.")
  private String experiment = "";

  @Option(names = "--no-force", description = "Without effect, as in dvc; tells how to undo it.")
  private boolean noForce;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    if (noForce) {
      System.out.println(UNDO);
    }
    requireComplete(pipeline, new ExperimentApply(pipeline).apply(experiment));
    System.out.println(
        "Changes for experiment '%s' have been applied to your current workspace."
            .formatted(experiment));
    return 0;
  }

  private void requireComplete(Pipeline pipeline, List<Entry> entries) {
    var missing =
        entries.stream()
            .filter(entry -> entry.action() == Action.MISSING)
            .map(entry -> pipeline.shown(entry.file()))
            .toList();
    if (!missing.isEmpty()) {
      throw new PipelineException(
          "the files of '%s' were put into the workspace, but the cache lacks its data: %s; `mlops exp pull` or `mlops pull` fetches it. %s"
              .formatted(experiment, String.join(", ", missing), UNDO));
    }
  }
}
