package io.mlopscore.tracking;

import java.util.Map;

/// A run to be started.
///
/// @param runName its name; empty for a generated one
/// @param startTime milliseconds since the epoch
public record NewRun(
    String experimentId, String runName, String userId, long startTime, Map<String, String> tags) {
  public NewRun {
    tags = Map.copyOf(tags);
  }
}
