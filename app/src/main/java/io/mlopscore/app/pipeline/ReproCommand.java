package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.executor.Executor;
import io.mlopscore.pipeline.executor.LocalExecutor;
import io.mlopscore.pipeline.kubernetes.KubernetesExecutor;
import io.mlopscore.pipeline.remote.RemoteUrls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops repro`: as `dvc repro`.
@Command(
    description = "Runs the stages whose command, inputs or parameters changed.",
    mixinStandardHelpOptions = true)
public final class ReproCommand implements Callable<Integer> {
  /// What `dvc` returns when a stage fails.
  public static final int FAILED = 255;

  @Mixin private final StageRunOptions stages = new StageRunOptions();

  @Option(
      names = {"-f", "--force"},
      description = "Run even what is unchanged.")
  private boolean force;

  @Option(names = "--glob", description = "Names of stages may have wildcards.")
  private boolean glob;

  @Option(names = "--no-run-cache", description = "Do not take results of earlier runs.")
  private boolean noRunCache;

  @Option(names = "--no-commit", description = "Do not store results in the cache.")
  private boolean noCommit;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "Run up to N independent stages side by side (1).")
  private int jobs = 1;

  @Option(
      names = "--limit",
      paramLabel = "NAME=AMOUNT",
      description = "How much there is of a resource that stages take; others have 1.")
  private Map<String, Double> limits = new LinkedHashMap<>();

  @Option(
      names = "--kubernetes",
      paramLabel = "MANIFEST",
      description = "Run each stage as a Job of Kubernetes, made from this one.")
  private @Nullable Path manifest;

  @Option(names = "--explain", description = "Say why a stage runs: what was, and what is.")
  private boolean explain;

  @Option(names = "--wait-for-lock", description = "Wait for other processes instead of giving up.")
  private boolean wait;

  @Override
  public Integer call() throws IOException {
    if (jobs < 1) {
      throw new IllegalArgumentException("--jobs must be at least 1");
    }
    var opened = Pipeline.open(Path.of(""), new RemoteUrls(), wait);
    var options = stages.options(force, glob, !noRunCache, !noCommit, jobs, limits);
    var progress = new ReproProgress(opened, options, explain, System.out);
    Executor executor =
        manifest == null
            ? new LocalExecutor(System.getenv())
            : KubernetesExecutor.of(manifest, opened.repository().root());
    Interrupts.leaveToCommands(executor::hearsTerminal);
    var results = opened.reproduce(options, progress, new RemoteData(opened), executor);
    return progress.summary(results) ? 0 : FAILED;
  }
}
