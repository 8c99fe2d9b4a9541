package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.experiments.ExperimentState.FileValues;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.LinkedHashMap;
import java.util.Map;

/// Nested values by their dotted names.
final class FlatValues {
  private FlatValues() {}

  /// @param file stands for a value that has no name of its own
  static Map<String, Value> of(String file, FileValues values) {
    var flat = new LinkedHashMap<String, Value>();
    switch (values) {
      case FileValues.Read(Mapping mapping) -> add(flat, "", mapping);
      case FileValues.Read(var value) -> flat.put(file, value);
      case FileValues.Unreadable _ -> {
        // Its values are unknown.
      }
    }
    return flat;
  }

  private static void add(Map<String, Value> flat, String prefix, Mapping mapping) {
    mapping
        .entries()
        .forEach(
            (key, value) -> {
              var name = prefix + YamlReader.text(key);
              if (value instanceof Mapping nested && !nested.entries().isEmpty()) {
                add(flat, name + ".", nested);
              } else {
                flat.put(name, value);
              }
            });
  }
}
