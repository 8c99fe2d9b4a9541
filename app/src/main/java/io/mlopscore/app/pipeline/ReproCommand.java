package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.ReproOptions;
import io.mlopscore.pipeline.ReproOptions.OnError;
import io.mlopscore.pipeline.StageSelection;
import io.mlopscore.pipeline.StageSelection.Scope;
import io.mlopscore.pipeline.kubernetes.KubernetesExecutor;
import io.mlopscore.pipeline.remote.RemoteUrls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

  @Parameters(
      paramLabel = "TARGET",
      description = "Stages, dvc.yaml or .dvc files (the dvc.yaml here).")
  private List<String> targets = List.of();

  @Option(
      names = {"-f", "--force"},
      description = "Run even what is unchanged.")
  private boolean force;

  @Option(
      names = {"-i", "--interactive"},
      description = "Ask before each stage.")
  private boolean interactive;

  @Option(
      names = {"-s", "--single-item"},
      description = "Only the targets, not what they depend on.")
  private boolean single;

  @Option(
      names = {"-p", "--pipeline"},
      description = "All stages connected with the targets.")
  private boolean pipeline;

  @Option(
      names = {"-P", "--all-pipelines"},
      description = "All stages of the repository.")
  private boolean allPipelines;

  @Option(
      names = {"-R", "--recursive"},
      description = "A target may be a folder: all stages in it.")
  private boolean recursive;

  @Option(names = "--downstream", description = "The targets and all that depends on them.")
  private boolean downstream;

  @Option(
      names = "--force-downstream",
      description = "Run all that depends on a stage that ran, changed or not.")
  private boolean forceDownstream;

  @Option(names = "--glob", description = "Names of stages may have wildcards.")
  private boolean glob;

  @Option(names = "--pull", description = "Fetch missing data from the remote.")
  private boolean pull;

  @Option(
      names = "--allow-missing",
      description = "Missing data alone is no reason to run a stage.")
  private boolean allowMissing;

  @Option(names = "--dry", description = "Only tell what would run.")
  private boolean dry;

  @Option(
      names = {"-k", "--keep-going"},
      description = "After a failure go on with what does not need the failed stage.")
  private boolean keepGoing;

  @Option(names = "--ignore-errors", description = "After a failure go on with all stages.")
  private boolean ignoreErrors;

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
    var opened = Pipeline.open(Path.of(""));
    opened.lookUpUrls(new RemoteUrls());
    if (wait) {
      opened.waitForLock();
    }
    if (manifest != null) {
      opened.runOn(KubernetesExecutor.of(manifest, opened.repository().root()));
    }
    var options = options();
    var progress = new ReproProgress(opened, options, explain, System.out);
    Interrupts.leaveToCommands(opened::runsCommand);
    var results = opened.reproduce(options, progress, new RemoteData(opened));
    return progress.summary(results) ? 0 : FAILED;
  }

  private ReproOptions options() {
    return new ReproOptions(
        new StageSelection(targets, scope(), recursive, glob),
        force,
        forceDownstream,
        dry,
        interactive,
        ignoreErrors ? OnError.IGNORE : keepGoing ? OnError.KEEP_GOING : OnError.STOP,
        pull,
        allowMissing,
        !noRunCache,
        !noCommit,
        jobs,
        limits);
  }

  /// The wider scope wins, as with `dvc`.
  private Scope scope() {
    if (allPipelines) {
      return Scope.ALL;
    }
    if (pipeline) {
      return Scope.PIPELINE;
    }
    return single ? Scope.SINGLE : downstream ? Scope.DOWNSTREAM : Scope.UPSTREAM;
  }
}
