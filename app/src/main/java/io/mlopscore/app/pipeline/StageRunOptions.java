package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.ReproOptions;
import io.mlopscore.pipeline.ReproOptions.Flag;
import io.mlopscore.pipeline.ReproOptions.OnError;
import io.mlopscore.pipeline.StageSelection;
import io.mlopscore.pipeline.StageSelection.Scope;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which stages are run and how, as `repro` and `exp run` both take it.
final class StageRunOptions {
  @Parameters(
      paramLabel = "TARGET",
      description = "Stages, dvc.yaml or .dvc files (the dvc.yaml here).")
  private List<String> targets = List.of();

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

  /// All that reproduces, with what the two commands do not share.
  ReproOptions options(
      boolean force,
      boolean glob,
      boolean runCache,
      boolean commit,
      int jobs,
      Map<String, Double> limits) {
    var flags = new EnumMap<Flag, Boolean>(Flag.class);
    flags.put(Flag.FORCE, force);
    flags.put(Flag.FORCE_DOWNSTREAM, forceDownstream);
    flags.put(Flag.DRY, dry);
    flags.put(Flag.INTERACTIVE, interactive);
    flags.put(Flag.PULL, pull);
    flags.put(Flag.ALLOW_MISSING, allowMissing);
    flags.put(Flag.RUN_CACHE, runCache);
    flags.put(Flag.COMMIT, commit);
    flags.values().removeIf(isChosen -> !isChosen);
    return new ReproOptions(
        new StageSelection(targets, scope(), recursive, glob),
        flags.keySet(),
        ignoreErrors ? OnError.IGNORE : keepGoing ? OnError.KEEP_GOING : OnError.STOP,
        jobs,
        limits);
  }

  /// These options as a command line has them, for another process.
  List<String> arguments() {
    var chosen = new LinkedHashMap<String, Boolean>();
    chosen.put("--single-item", single);
    chosen.put("--pipeline", pipeline);
    chosen.put("--all-pipelines", allPipelines);
    chosen.put("--recursive", recursive);
    chosen.put("--downstream", downstream);
    chosen.put("--force-downstream", forceDownstream);
    chosen.put("--pull", pull);
    chosen.put("--allow-missing", allowMissing);
    chosen.put("--keep-going", keepGoing);
    chosen.put("--ignore-errors", ignoreErrors);
    chosen.values().removeIf(isChosen -> !isChosen);
    var arguments = new ArrayList<>(chosen.keySet());
    if (!targets.isEmpty()) {
      arguments.add("--");
      arguments.addAll(targets);
    }
    return arguments;
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
