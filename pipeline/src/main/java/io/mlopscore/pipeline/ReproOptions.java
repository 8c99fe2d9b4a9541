package io.mlopscore.pipeline;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How to reproduce. Start from [#DEFAULT] and change what differs.
///
/// @param jobs how many stages may run side by side
/// @param limits how much there is of each resource that stages take; others have 1
public record ReproOptions(
    StageSelection selection,
    Set<Flag> flags,
    OnError onError,
    int jobs,
    Map<String, Double> limits) {
  /// What is asked for.
  public enum Flag {
    /// Run even what is unchanged.
    FORCE,
    /// Do not ask whether something changed, but take results of the run cache.
    UNASKED,
    /// Run all that depends on a stage that ran.
    FORCE_DOWNSTREAM,
    /// Tell what would run, and run nothing.
    DRY,
    /// Ask before each stage.
    INTERACTIVE,
    /// Fetch data that is missing, rather than run.
    PULL,
    /// Data that is missing is no reason to run.
    ALLOW_MISSING,
    /// Take results of earlier runs with the same inputs.
    RUN_CACHE,
    /// Store results in the cache.
    COMMIT
  }

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
          Set.of(Flag.RUN_CACHE, Flag.COMMIT),
          OnError.STOP,
          1,
          Map.of());

  public ReproOptions {
    flags = Set.copyOf(flags);
    limits = Map.copyOf(limits);
  }

  public boolean has(Flag flag) {
    return flags.contains(flag);
  }

  public ReproOptions select(StageSelection selected) {
    return new ReproOptions(selected, flags, onError, jobs, limits);
  }

  public ReproOptions with(Flag flag) {
    var all = EnumSet.of(flag);
    all.addAll(flags);
    return new ReproOptions(selection, all, onError, jobs, limits);
  }

  public ReproOptions onError(OnError chosen) {
    return new ReproOptions(selection, flags, chosen, jobs, limits);
  }

  public ReproOptions jobs(int number, Map<String, Double> resources) {
    return new ReproOptions(selection, flags, onError, number, resources);
  }
}
