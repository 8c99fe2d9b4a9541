package io.mlopscore.pipeline.plots;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A plot as it is declared.
///
/// @param id the file that is drawn, or a free name
/// @param properties `x`, `y`, `title`, `template` and so on
record PlotDefinition(String id, Mapping properties) {
  private static final Set<String> IMAGES = Set.of("jpg", "jpeg", "gif", "png", "svg");

  /// The files it takes data from.
  Set<String> sources() {
    var sources = new LinkedHashSet<String>();
    if (properties.get("y").orElse(Value.none()) instanceof Mapping files) {
      files.entries().keySet().forEach(file -> sources.add(YamlReader.text(file)));
    } else {
      sources.add(id);
    }
    if (properties.get("x").orElse(Value.none()) instanceof Mapping files) {
      files.entries().keySet().stream().findFirst().map(YamlReader::text).ifPresent(sources::add);
    }
    return sources;
  }

  boolean isImage() {
    return isImage(id);
  }

  static boolean isImage(String path) {
    return IMAGES.contains(extension(path));
  }

  /// What follows the last dot, in lower case.
  static String extension(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /// The properties of several, those of earlier ones before those of later ones.
  static Mapping joined(List<PlotDefinition> definitions) {
    var joined = Mapping.EMPTY;
    for (var definition : definitions.reversed()) {
      for (var entry : definition.properties.entries().entrySet()) {
        joined = joined.with(YamlReader.text(entry.getKey()), entry.getValue());
      }
    }
    return joined;
  }
}
