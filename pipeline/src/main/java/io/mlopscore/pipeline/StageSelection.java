package io.mlopscore.pipeline;

import java.util.List;

/// Which stages a command is about.
///
/// @param targets stages, groups, `dvc.yaml` files, `*.dvc` files; empty for those of the
///     `dvc.yaml` here
/// @param recursive a target may be a directory: all stages below it
/// @param glob a target's stage name is a pattern with `*`, `?` and `[...]`
public record StageSelection(List<String> targets, Scope scope, boolean recursive, boolean glob) {
  /// How far from the targets.
  public enum Scope {
    /// The targets and all they depend on.
    UPSTREAM,
    /// The targets alone.
    SINGLE,
    /// The targets and all that depends on them.
    DOWNSTREAM,
    /// All that is connected with the targets.
    PIPELINE,
    /// Every stage of the repository.
    ALL
  }

  public StageSelection {
    targets = List.copyOf(targets);
  }

  public static StageSelection of(List<String> targets) {
    return new StageSelection(targets, Scope.UPSTREAM, false, false);
  }
}
