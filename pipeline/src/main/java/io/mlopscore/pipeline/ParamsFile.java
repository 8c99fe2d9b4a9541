package io.mlopscore.pipeline;

import java.nio.file.Path;
import java.util.List;

/// The parameters a stage reads from one file.
///
/// @param path as written, relative to the stage's directory
/// @param file absolute
/// @param keys dotted names; empty stands for the whole file
public record ParamsFile(String path, Path file, List<String> keys) {
  static final String DEFAULT = "params.yaml";

  public ParamsFile {
    keys = List.copyOf(keys);
  }

  boolean isWhole() {
    return keys.isEmpty();
  }
}
