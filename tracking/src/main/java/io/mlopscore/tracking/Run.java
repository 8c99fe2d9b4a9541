package io.mlopscore.tracking;

import java.util.List;
import java.util.Map;

/// One training, with everything logged to it.
///
/// @param metrics the latest point of each metric, sorted by key
public record Run(
    RunInfo info,
    List<Metric> metrics,
    Map<String, String> params,
    Map<String, String> tags,
    List<DatasetInput> inputs) {
  public Run {
    metrics = List.copyOf(metrics);
    params = Map.copyOf(params);
    tags = Map.copyOf(tags);
    inputs = List.copyOf(inputs);
  }
}
