package io.mlopscore.model.yaml;

import io.mlopscore.model.ModelDescription;
import io.mlopscore.model.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The `metadata:` section of an `MLmodel` file, where MLflow leaves room for the model's own
/// facts.
final class Metadata {
  private Metadata() {}

  /// What is not there is left open: a model that was logged without it can be served too.
  static ModelDescription read(YamlMap root) {
    var metadata = root.has("metadata") ? root.map("metadata") : YamlMap.of(root.file(), Map.of());
    return new ModelDescription(
        metadata
            .optionalText("model_type")
            .orElse(root.map("flavors").has("onnx") ? "onnx" : "unknown"),
        metadata.has("classes")
            ? metadata.list("classes").stream().map(String::valueOf).toList()
            : List.of(),
        metadata.has("ranges") ? ranges(metadata.map("ranges")) : Map.of(),
        metadata.has("training_rows") ? metadata.whole("training_rows") : 0,
        metadata.has("hyperparameters") ? texts(metadata.map("hyperparameters")) : Map.of());
  }

  private static Map<String, Range> ranges(YamlMap section) {
    var ranges = new LinkedHashMap<String, Range>();
    for (var key : section.values().keySet()) {
      var name = String.valueOf(key);
      ranges.put(name, section.range(name));
    }
    return ranges;
  }

  private static Map<String, String> texts(YamlMap section) {
    var texts = new LinkedHashMap<String, String>();
    section.values().forEach((key, value) -> texts.put(key.toString(), String.valueOf(value)));
    return texts;
  }

  static Map<String, Object> write(ModelDescription description) {
    var ranges = new TreeMap<String, Object>();
    description.ranges().forEach((name, r) -> ranges.put(name, List.of(r.min(), r.max())));
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("classes", description.classes());
    metadata.put("hyperparameters", new TreeMap<>(description.hyperparameters()));
    metadata.put("model_type", description.modelType());
    metadata.put("ranges", ranges);
    metadata.put("training_rows", description.trainingRows());
    return metadata;
  }
}
