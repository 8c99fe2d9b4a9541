package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.Set;
import java.util.TreeSet;

/// Refuses keys that the format does not have, since a misspelt key would be silently ignored.
final class KnownKeys {
  private KnownKeys() {}

  static void check(Mapping mapping, Set<String> known, String file, String place) {
    for (var key : mapping.entries().keySet()) {
      var name = YamlReader.text(key);
      if (!known.contains(name)) {
        throw new PipelineException(
            "%s:%d: unknown key '%s'%s; known are %s"
                .formatted(
                    file,
                    mapping.line(key),
                    name,
                    place.isEmpty() ? "" : " in " + place,
                    String.join(", ", new TreeSet<>(known))));
      }
    }
  }
}
