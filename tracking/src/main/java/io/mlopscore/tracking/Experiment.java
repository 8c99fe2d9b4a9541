package io.mlopscore.tracking;

import java.util.Map;

/// A named group of runs.
///
/// @param id decimal digits
/// @param artifactLocation the URI under which its runs keep their artifacts
/// @param creationTime milliseconds since the epoch
/// @param lastUpdateTime milliseconds since the epoch
public record Experiment(
    String id,
    String name,
    String artifactLocation,
    LifecycleStage lifecycleStage,
    long creationTime,
    long lastUpdateTime,
    Map<String, String> tags) {
  public Experiment {
    tags = Map.copyOf(tags);
  }

  /// The same with these tags.
  public Experiment withTags(Map<String, String> given) {
    return new Experiment(
        id, name, artifactLocation, lifecycleStage, creationTime, lastUpdateTime, given);
  }
}
