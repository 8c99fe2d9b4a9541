package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.nio.file.Path;
import java.util.List;

/// What a `dvc.yaml` declares beside its stages, templates filled in; paths are relative to its
/// directory.
///
/// @param metrics files to show with `metrics`
/// @param params files to show with `params`, beside `params.yaml`
/// @param plots each a file or directory, or a mapping of one name to what to draw
/// @param artifacts by name, with `path` and perhaps `type`, `desc`, `labels` and `meta`
/// @param datasets mappings with `name`, `type` and `url`
public record Declarations(
    Path file,
    List<String> metrics,
    List<String> params,
    List<Value> plots,
    Mapping artifacts,
    List<Value> datasets) {
  public Declarations {
    metrics = List.copyOf(metrics);
    params = List.copyOf(params);
    plots = List.copyOf(plots);
    datasets = List.copyOf(datasets);
  }
}
