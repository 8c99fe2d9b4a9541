package io.mlopscore.tracking;

import java.util.List;
import java.util.Map;

/// Metrics, params and tags that are logged to a run together, all or nothing.
public record RunBatch(List<Metric> metrics, Map<String, String> params, Map<String, String> tags) {
  public RunBatch {
    metrics = List.copyOf(metrics);
    params = Map.copyOf(params);
    tags = Map.copyOf(tags);
  }
}
