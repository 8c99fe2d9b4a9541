package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.ReproOptions;
import io.mlopscore.pipeline.StageResult;
import io.mlopscore.pipeline.StageResult.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops repro`: as `dvc repro`.
@Command(
    description = "Runs the stages whose command, inputs or parameters changed.",
    mixinStandardHelpOptions = true)
public final class ReproCommand implements Callable<Integer> {
  /// What `dvc` returns when a stage fails.
  public static final int FAILED = 255;

  @Parameters(paramLabel = "TARGET", description = "Stages, outputs or .dvc files (all).")
  private List<String> targets = List.of();

  @Option(
      names = {"-f", "--force"},
      description = "Run even what is unchanged.")
  private boolean force;

  @Option(
      names = {"-s", "--single-item"},
      description = "Only the targets, not what they depend on.")
  private boolean single;

  @Option(names = "--dry", description = "Only tell what would run.")
  private boolean dry;

  @Option(
      names = {"-k", "--keep-going"},
      description = "After a failure go on with what does not need the failed stage.")
  private boolean keepGoing;

  @Option(names = "--no-run-cache", description = "Do not take results of earlier runs.")
  private boolean noRunCache;

  @Option(names = "--no-commit", description = "Do not store results in the cache.")
  private boolean noCommit;

  @Override
  public Integer call() throws IOException {
    var options = new ReproOptions(targets, force, single, dry, keepGoing, !noRunCache, !noCommit);
    var pipeline = Pipeline.open(Path.of(""));
    var progress = new ReproProgress(pipeline, System.out);
    var results = pipeline.reproduce(options, progress);
    progress.summary(results, options);
    return failures(results) ? FAILED : 0;
  }

  private static boolean failures(List<StageResult> results) {
    return results.stream().anyMatch(result -> result.outcome() instanceof Outcome.Failed);
  }
}
