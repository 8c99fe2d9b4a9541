package io.mlopscore.pipeline;

import java.nio.file.Path;
import java.util.Optional;

/// A file or directory that a stage writes, or that is tracked as data.
///
/// @param path as written, relative to the stage's directory
/// @param file absolute
/// @param cached whether its content goes to the cache; if not, git keeps it
/// @param persist whether it survives until the stage overwrites it
/// @param pushed whether `push` sends it to a remote
/// @param remote the remote it belongs to; empty for the one that the command names or the default
public record Output(
    String path,
    Path file,
    Kind kind,
    boolean cached,
    boolean persist,
    boolean pushed,
    Optional<String> remote) {

  /// Where in `dvc.yaml` it is listed.
  public enum Kind {
    OUT,
    METRIC,
    PLOT
  }
}
