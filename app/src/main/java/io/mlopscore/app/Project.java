package io.mlopscore.app;

import io.mlopscore.model.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// A folder with an `mlops.yaml`: what the model is called, which values it accepts, how it is
/// served.
///
/// @param directory the folder
/// @param model the `model` section
/// @param serving the `serving` section as it stands; its meaning belongs to the prediction API
record Project(Path directory, ModelSection model, Map<String, Object> serving) {
  static final String FILE = "mlops.yaml";

  /// The `model` section of `mlops.yaml`.
  ///
  /// @param name the registered model
  /// @param alias what is served, and what a newly registered version becomes
  /// @param experiment where runs are tracked
  /// @param ranges the accepted values of each input that has a limit
  record ModelSection(String name, String alias, String experiment, Map<String, Range> ranges) {}

  /// Reads a project.
  ///
  /// @throws IOException if there is no mlops.yaml or it does not hold what it should
  static Project open(Path directory) throws IOException {
    var file = directory.resolve(FILE);
    try {
      return parse(directory, file, Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new IOException(
          file + ": not found. Run this in a project folder, such as examples/iris.", e);
    }
  }

  private static Project parse(Path directory, Path file, String text) throws IOException {
    try {
      var settings = LoadSettings.builder().setLabel(file.toString()).build();
      var root = new Section(file.toString(), section("", new Load(settings).loadFromString(text)));
      return new Project(directory, model(root.section("model")), root.map("serving"));
    } catch (YamlEngineException e) {
      throw new IOException(file + ": not valid YAML: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static ModelSection model(Section model) {
    model.allowOnly(List.of("name", "alias", "experiment", "ranges"));
    return new ModelSection(
        model.text("name"), model.text("alias"), model.text("experiment"), ranges(model));
  }

  private static Map<String, Range> ranges(Section model) {
    var ranges = new LinkedHashMap<String, Range>();
    model.map("ranges").forEach((name, value) -> ranges.put(name, range(name, value)));
    return ranges;
  }

  private static Range range(String name, Object value) {
    if (value instanceof List<?> limits
        && limits.size() == 2
        && limits.get(0) instanceof Number min
        && limits.get(1) instanceof Number max) {
      return new Range(min.doubleValue(), max.doubleValue());
    }
    throw new IllegalArgumentException(
        "model.ranges." + name + ": '" + value + "' must be [smallest, largest]");
  }

  static Map<String, Object> section(String name, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(
          (name.isEmpty() ? "the file" : name) + " must hold keys and values");
    }
    var section = new LinkedHashMap<String, Object>();
    map.forEach((key, inner) -> section.put(String.valueOf(key), inner));
    return section;
  }
}
