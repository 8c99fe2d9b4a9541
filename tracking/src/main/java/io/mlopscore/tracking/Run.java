package io.mlopscore.tracking;

import java.util.List;
import java.util.Map;

/// One training, with everything logged to it.
///
/// @param metrics the latest point of each metric, sorted by key
/// @param modelInputs the ids of the logged models that it read
/// @param outputs the logged models that it made
public record Run(
    RunInfo info,
    List<Metric> metrics,
    Map<String, String> params,
    Map<String, String> tags,
    List<DatasetInput> inputs,
    List<String> modelInputs,
    List<ModelOutput> outputs) {
  public Run {
    metrics = List.copyOf(metrics);
    params = Map.copyOf(params);
    tags = Map.copyOf(tags);
    inputs = List.copyOf(inputs);
    modelInputs = List.copyOf(modelInputs);
    outputs = List.copyOf(outputs);
  }

  /// A run that neither read nor made models.
  public Run(
      RunInfo info,
      List<Metric> metrics,
      Map<String, String> params,
      Map<String, String> tags,
      List<DatasetInput> inputs) {
    this(info, metrics, params, tags, inputs, List.of(), List.of());
  }
}
