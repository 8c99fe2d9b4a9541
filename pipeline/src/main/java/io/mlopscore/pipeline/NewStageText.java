package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A new stage as it stands in `dvc.yaml`, in DVC's order: only what is set, paths sorted, the keys
/// of `params.yaml` before those of other files.
final class NewStageText {
  private final Map<Value, Value> text = new LinkedHashMap<>();

  private NewStageText() {}

  /// @param wdir where its commands run as the file should say it; empty for the file's directory
  static Mapping of(NewStage stage, Stage paths, String wdir) {
    var writer = new NewStageText();
    stage.description().filter(desc -> !desc.isEmpty()).ifPresent(desc -> writer.put("desc", desc));
    writer.put("cmd", stage.command());
    if (!wdir.isEmpty()) {
      writer.put("wdir", wdir);
    }
    var dependencies = paths.dependencies().stream().map(Dependency::path);
    writer.list("deps", dependencies.sorted(JsonText.BY_CODE_POINT).map(Value::of).toList());
    writer.list("params", params(stage.params()));
    writer.list("outs", outs(paths));
    writer.list("metrics", outputs(paths, Output.Kind.METRIC));
    writer.list("plots", outputs(paths, Output.Kind.PLOT));
    if (stage.alwaysChanged()) {
      writer.text.put(Value.of("always_changed"), new Bool(true));
    }
    return new Mapping(writer.text);
  }

  private void put(String key, String value) {
    text.put(Value.of(key), Value.of(value));
  }

  private void list(String key, List<Value> items) {
    if (!items.isEmpty()) {
      text.put(Value.of(key), new Items(items));
    }
  }

  private static List<Value> outs(Stage stage) {
    var outs = written(stage, Output.Kind.OUT);
    for (var output : stage.urlOutputs()) {
      outs.put(output.url(), output(output.url(), false, output.persist()));
    }
    return List.copyOf(outs.values());
  }

  private static List<Value> outputs(Stage stage, Output.Kind kind) {
    return List.copyOf(written(stage, kind).values());
  }

  private static Map<String, Value> written(Stage stage, Output.Kind kind) {
    var outputs = new TreeMap<String, Value>(JsonText.BY_CODE_POINT);
    for (var output : stage.outputs()) {
      if (output.kind() == kind) {
        var path = output.path();
        outputs.put(path, output(path, output.cached(), output.persist()));
      }
    }
    return outputs;
  }

  private static Value output(String path, boolean cached, boolean persist) {
    var flags = Mapping.EMPTY;
    if (!cached) {
      flags = flags.with("cache", new Bool(false));
    }
    if (persist) {
      flags = flags.with("persist", new Bool(true));
    }
    return flags.entries().isEmpty() ? Value.of(path) : Mapping.EMPTY.with(path, flags);
  }

  private static List<Value> params(List<String> written) {
    var keys = new TreeMap<String, List<String>>(JsonText.BY_CODE_POINT);
    for (var item : written) {
      int colon = item.lastIndexOf(':');
      var file = colon <= 0 ? ParamsFile.DEFAULT : item.substring(0, colon);
      var names = keys.computeIfAbsent(file, _ -> new ArrayList<>());
      for (var name : item.substring(colon + 1).split(",", -1)) {
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
    }
    var params = new ArrayList<Value>();
    keys.forEach(
        (file, names) -> {
          var sorted = names.stream().sorted(JsonText.BY_CODE_POINT).map(Value::of).toList();
          if (file.equals(ParamsFile.DEFAULT) && !sorted.isEmpty()) {
            params.addAll(0, sorted);
          } else {
            params.add(
                Mapping.EMPTY.with(file, sorted.isEmpty() ? Value.none() : new Items(sorted)));
          }
        });
    return params;
  }
}
