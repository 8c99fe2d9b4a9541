package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value.Mapping;
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
/// @param display how to draw a plot: `x`, `y`, `title`, `template` and so on, as written
public record Output(
    String path,
    Path file,
    Kind kind,
    boolean cached,
    boolean persist,
    boolean pushed,
    Optional<String> remote,
    Mapping display) {

  /// One that says nothing about how to draw it.
  public Output(
      String path,
      Path file,
      Kind kind,
      boolean cached,
      boolean persist,
      boolean pushed,
      Optional<String> remote) {
    this(path, file, kind, cached, persist, pushed, remote, Mapping.EMPTY);
  }

  /// Where in `dvc.yaml` it is listed.
  public enum Kind {
    OUT,
    METRIC,
    PLOT
  }
}
