package io.mlopscore.pipeline.report;

import io.mlopscore.pipeline.compare.ValueFiles;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.LinkedHashMap;
import java.util.Map;

/// The metrics of one side, confusion matrices apart from numbers.
///
/// @param matrices by file and dotted name
record MetricFiles(ValueFiles numbers, Map<String, Confusion> matrices) {
  static MetricFiles of(ValueFiles metrics) {
    var matrices = new LinkedHashMap<String, Confusion>();
    var files = new LinkedHashMap<String, Mapping>();
    metrics
        .unbroken()
        .mappings()
        .forEach((file, values) -> files.put(file, numbers(values, file + ":", matrices)));
    return new MetricFiles(ValueFiles.of(files), matrices);
  }

  private static Mapping numbers(Mapping values, String name, Map<String, Confusion> matrices) {
    var rest = new LinkedHashMap<Value, Value>();
    values
        .entries()
        .forEach(
            (key, value) -> {
              var path = name + YamlReader.text(key);
              if (value instanceof Mapping inner && !inner.entries().isEmpty()) {
                var matrix = Confusion.of(inner);
                matrix.ifPresent(found -> matrices.put(path, found));
                var below =
                    matrix.isPresent() ? Mapping.EMPTY : numbers(inner, path + ".", matrices);
                if (!below.entries().isEmpty()) {
                  rest.put(key, below);
                }
              } else {
                rest.put(key, value);
              }
            });
    return new Mapping(rest);
  }
}
