package io.mlopscore.model.yaml;

import io.mlopscore.model.Flavor;
import io.mlopscore.model.InputExample;
import io.mlopscore.model.Mlmodel;
import io.mlopscore.model.ModelException;
import io.mlopscore.model.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads and writes the `MLmodel` file of a model folder, with the keys of MLflow 3
/// (https://mlflow.org/docs/latest/ml/model/#storage-format).
public final class MlmodelFile {
  private static final String NAME = "MLmodel";
  private static final DateTimeFormatter CREATED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  private MlmodelFile() {}

  /// @throws ModelException if it is missing, not YAML, or lacks what serving needs
  public static Mlmodel read(Path directory) {
    var file = directory.resolve(NAME);
    try {
      var root = YamlMap.of(file, parse(file));
      return new Mlmodel(
          SignatureText.read(root),
          Metadata.read(root),
          root.optionalText("run_id"),
          root.optionalText("model_id"),
          flavors(root.map("flavors")));
    } catch (NoSuchFileException e) {
      throw new ModelException(
          file + ": not found; a model folder has it, `mlops train` writes one", e);
    } catch (IOException e) {
      throw new ModelException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Object parse(Path file) throws IOException {
    try {
      var load = new Load(LoadSettings.builder().setLabel(file.toString()).build());
      return Optional.ofNullable(load.loadFromString(Files.readString(file))).orElse(Map.of());
    } catch (YamlEngineException e) {
      throw new ModelException(file + ": not valid YAML: " + e.getMessage(), e);
    }
  }

  private static List<Flavor> flavors(YamlMap flavors) {
    var found = new ArrayList<Flavor>();
    if (flavors.has("onnx")) {
      found.add(new Flavor.Onnx(flavors.map("onnx").text("data")));
    }
    if (flavors.has("tribuo")) {
      found.add(new Flavor.Tribuo(flavors.map("tribuo").text("data")));
    }
    return found;
  }

  /// Writes it into a folder that holds all else already.
  public static void write(Path directory, Mlmodel model, Instant created) throws IOException {
    var root = new LinkedHashMap<String, Object>();
    model.modelId().ifPresent(id -> root.put("artifact_path", "models:/" + id));
    root.put("flavors", flavors(model));
    root.put("is_signature_from_type_hint", false);
    root.put("metadata", Metadata.write(model.description()));
    root.put("mlflow_version", PythonEnvironment.MLFLOW);
    model.modelId().ifPresent(id -> root.put("model_id", id));
    root.put("model_size_bytes", size(directory, model));
    model.modelId().ifPresent(id -> root.put("model_uuid", id));
    model.runId().ifPresent(id -> root.put("run_id", id));
    if (Files.exists(directory.resolve(InputExample.FILE))) {
      root.put("saved_input_example_info", exampleInfo());
    }
    root.put("signature", SignatureText.write(model.signature()));
    root.put("utc_time_created", CREATED.format(created));
    var settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndicatorIndent(0)
            .setWidth(Integer.MAX_VALUE)
            .build();
    Files.writeString(directory.resolve(NAME), new Dump(settings).dumpToString(root));
  }

  private static long size(Path directory, Mlmodel model) throws IOException {
    long bytes = 0;
    for (var flavor : model.flavors()) {
      bytes += Files.size(directory.resolve(flavor.file()));
    }
    return bytes;
  }

  private static Map<String, Object> exampleInfo() {
    return ordered(
        "artifact_path",
        InputExample.FILE,
        "pandas_orient",
        "split",
        "serving_input_path",
        InputExample.REQUEST_FILE,
        "type",
        "dataframe");
  }

  private static Map<String, Object> flavors(Mlmodel model) {
    var flavors = new TreeMap<String, Object>();
    for (var flavor : model.flavors()) {
      switch (flavor) {
        case Flavor.Onnx(var file) -> {
          flavors.put("onnx", onnx(file));
          flavors.put("python_function", pythonFunction(file));
        }
        case Flavor.Tribuo(var file) -> flavors.put("tribuo", ordered("data", file));
      }
    }
    return flavors;
  }

  private static Map<String, Object> onnx(String file) {
    return ordered(
        "code",
        "",
        "data",
        file,
        "onnx_version",
        PythonEnvironment.ONNX,
        "providers",
        List.of("CPUExecutionProvider"));
  }

  private static Map<String, Object> pythonFunction(String file) {
    return ordered(
        "data",
        file,
        "env",
        ordered("conda", "conda.yaml", "virtualenv", "python_env.yaml"),
        "loader_module",
        "mlflow.onnx",
        "python_version",
        PythonEnvironment.PYTHON);
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (var i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
