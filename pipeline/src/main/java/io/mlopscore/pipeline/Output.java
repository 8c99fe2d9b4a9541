package io.mlopscore.pipeline;

import java.nio.file.Path;

/// A file or directory that a stage writes, or that is tracked as data.
///
/// @param path as written, relative to the stage's directory
/// @param file absolute
/// @param cached whether its content goes to the cache; if not, git keeps it
/// @param persist whether it survives until the stage overwrites it
/// @param pushed whether `push` sends it to a remote
public record Output(
    String path, Path file, Kind kind, boolean cached, boolean persist, boolean pushed) {

  /// Where in `dvc.yaml` it is listed.
  public enum Kind {
    OUT,
    METRIC,
    PLOT
  }
}
