package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.experiments.Experiments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `mlops exp branch`: as `dvc exp branch`.
@Command(
    name = "branch",
    description = "Makes a git branch of an experiment.",
    mixinStandardHelpOptions = true)
final class ExpBranchCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Its name.")
  private String experiment = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "BRANCH",
      description = "The new branch (EXPERIMENT-branch).")
  private @Nullable String branch;

  @Override
  public Integer call() throws IOException {
    var experiments = new Experiments(Pipeline.open(Path.of("")));
    var name = experiments.branch(experiment, Optional.ofNullable(branch));
    var made = branch == null ? name + "-branch" : branch;
    System.out.println(
        """
        Git branch '%s' has been created from experiment '%s'.
        To switch to the new branch run:

        \tgit checkout %s"""
            .formatted(made, name, made));
    return 0;
  }
}
