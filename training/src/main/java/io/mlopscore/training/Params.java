package io.mlopscore.training;

import java.util.List;

/// What `params.yaml` says.
///
/// @param ignored settings in `train` that other algorithms have, but not this one
public record Params(DataParams data, Algorithm algorithm, List<String> ignored) {
  public Params {
    ignored = List.copyOf(ignored);
  }
}
