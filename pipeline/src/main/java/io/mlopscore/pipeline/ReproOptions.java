package io.mlopscore.pipeline;

import java.util.List;
import java.util.Map;

/// How to reproduce. Start from [#DEFAULT] and change what differs.
///
/// @param force run even what is unchanged
/// @param forceDownstream run all that depends on a stage that ran
/// @param dry tell what would run, and run nothing
/// @param interactive ask before each stage
/// @param pull fetch data that is missing, rather than run
/// @param allowMissing data that is missing is no reason to run
/// @param runCache take results of earlier runs with the same inputs
/// @param commit store results in the cache
/// @param jobs how many stages may run side by side
/// @param limits how much there is of each resource that stages take; others have 1
public record ReproOptions(
    StageSelection selection,
    boolean force,
    boolean forceDownstream,
    boolean dry,
    boolean interactive,
    OnError onError,
    boolean pull,
    boolean allowMissing,
    boolean runCache,
    boolean commit,
    int jobs,
    Map<String, Double> limits) {
  /// What a failed stage means for the others.
  public enum OnError {
    STOP,
    /// Go on with stages that do not need the failed one.
    KEEP_GOING,
    /// Go on with all.
    IGNORE
  }

  public static final ReproOptions DEFAULT =
      new ReproOptions(
          StageSelection.of(List.of()),
          false,
          false,
          false,
          false,
          OnError.STOP,
          false,
          false,
          true,
          true,
          1,
          Map.of());

  public ReproOptions {
    limits = Map.copyOf(limits);
  }

  public ReproOptions select(StageSelection selected) {
    return new ReproOptions(
        selected,
        force,
        forceDownstream,
        dry,
        interactive,
        onError,
        pull,
        allowMissing,
        runCache,
        commit,
        jobs,
        limits);
  }

  public ReproOptions force(boolean all, boolean downstream) {
    return new ReproOptions(
        selection,
        all,
        downstream,
        dry,
        interactive,
        onError,
        pull,
        allowMissing,
        runCache,
        commit,
        jobs,
        limits);
  }

  public ReproOptions onError(OnError chosen) {
    return new ReproOptions(
        selection,
        force,
        forceDownstream,
        dry,
        interactive,
        chosen,
        pull,
        allowMissing,
        runCache,
        commit,
        jobs,
        limits);
  }

  public ReproOptions jobs(int number, Map<String, Double> resources) {
    return new ReproOptions(
        selection,
        force,
        forceDownstream,
        dry,
        interactive,
        onError,
        pull,
        allowMissing,
        runCache,
        commit,
        number,
        resources);
  }
}
