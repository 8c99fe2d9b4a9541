package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.experiments.ExperimentState.FileValues;
import io.mlopscore.pipeline.yaml.DottedValues;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.Map;

/// Nested values by their dotted names.
final class FlatValues {
  private FlatValues() {}

  /// @param file stands for a value that has no name of its own
  static Map<String, Value> of(String file, FileValues values) {
    return switch (values) {
      case FileValues.Read(Mapping mapping) -> DottedValues.of(mapping);
      case FileValues.Read(var value) -> Map.of(file, value);
      case FileValues.Unreadable _ -> Map.of();
    };
  }
}
