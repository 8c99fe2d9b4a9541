package io.mlopscore.tracking;

import java.util.Map;

/// An experiment to be created.
///
/// @param artifactLocation the URI for the artifacts of its runs; empty for the usual one
public record NewExperiment(String name, String artifactLocation, Map<String, String> tags) {
  public NewExperiment {
    tags = Map.copyOf(tags);
  }
}
