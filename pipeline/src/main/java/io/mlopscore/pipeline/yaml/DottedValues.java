package io.mlopscore.pipeline.yaml;

import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;

/// Values of nested mappings by dotted names, as DVC compares and shows them: lists stay whole, and
/// a mapping without values has no name.
public final class DottedValues {
  private DottedValues() {}

  public static Map<String, Value> of(Mapping values) {
    var dotted = new LinkedHashMap<String, Value>();
    add(dotted, "", values);
    return dotted;
  }

  private static void add(Map<String, Value> dotted, String prefix, Mapping values) {
    values
        .entries()
        .forEach(
            (key, value) -> {
              var name = prefix + YamlReader.text(key);
              if (value instanceof Mapping nested) {
                add(dotted, name + ".", nested);
              } else {
                dotted.put(name, value);
              }
            });
  }
}
