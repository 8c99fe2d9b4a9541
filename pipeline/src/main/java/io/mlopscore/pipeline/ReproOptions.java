package io.mlopscore.pipeline;

import java.util.List;

/// How to reproduce.
///
/// @param targets names of stages or `*.dvc` files; empty for all
/// @param force run even what is unchanged
/// @param single only the targets, not what they depend on
/// @param dry tell what would run, and run nothing
/// @param keepGoing after a failure go on with stages that do not need the failed one
/// @param runCache take results of earlier runs with the same inputs
/// @param commit store results in the cache
public record ReproOptions(
    List<String> targets,
    boolean force,
    boolean single,
    boolean dry,
    boolean keepGoing,
    boolean runCache,
    boolean commit) {
  public static final ReproOptions DEFAULT =
      new ReproOptions(List.of(), false, false, false, false, true, true);

  public ReproOptions {
    targets = List.copyOf(targets);
  }
}
