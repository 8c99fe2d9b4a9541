package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Output;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Which data an exchange is about.
///
/// @param targets stages, outputs, files within outputs, `*.dvc` files; none for all
/// @param withDependencies also what the targets depend on
/// @param recursive targets may be folders, for all that is defined below them
/// @param glob targets may have wildcards
/// @param revisions whose data beside the workspace's
/// @param mostBytes leaves out files and directories that are larger
/// @param kinds only outputs of these kinds; none for all
public record Selection(
    List<String> targets,
    boolean withDependencies,
    boolean recursive,
    boolean glob,
    CommitSelection revisions,
    OptionalLong mostBytes,
    Set<Output.Kind> kinds) {
  /// All that the workspace has.
  public static final Selection WORKSPACE = of(List.of());

  public Selection {
    targets = List.copyOf(targets);
    kinds = Set.copyOf(kinds);
  }

  public static Selection of(List<String> targets) {
    return new Selection(
        targets, false, false, false, CommitSelection.NONE, OptionalLong.empty(), Set.of());
  }
}
