package io.mlopscore.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What `stage add` is asked to write. Paths are relative to where its commands run.
///
/// @param command one line for a shell
/// @param wdir where its commands run, relative to where the stage file is; empty for there
/// @param params each `key,key` of `params.yaml`, or `file:key,key`, or `file:` for a whole file
/// @param description free text
public record NewStage(
    String name,
    String command,
    Optional<Path> wdir,
    List<String> dependencies,
    List<String> params,
    List<Out> outputs,
    boolean alwaysChanged,
    Optional<String> description) {
  /// An output to declare.
  public record Out(String path, Output.Kind kind, boolean cached, boolean persist) {}

  public NewStage {
    dependencies = List.copyOf(dependencies);
    params = List.copyOf(params);
    outputs = List.copyOf(outputs);
  }
}
