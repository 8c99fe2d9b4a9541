package io.mlopscore.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What Python needs to load the model, in the three files that MLflow expects beside `MLmodel`.
///
/// The versions are those that the tests under `interop/model` passed with.
public final class PythonEnvironment {
  public static final String PYTHON = "3.11.7";
  public static final String MLFLOW = "3.17.2";
  public static final String ONNX = "1.23.2";
  private static final List<String> REQUIREMENTS =
      List.of("mlflow==" + MLFLOW, "onnx==" + ONNX, "onnxruntime==1.32.0", "pandas==3.1.1");

  private PythonEnvironment() {}

  static void write(Path directory) throws IOException {
    var requirements = String.join("\n", REQUIREMENTS) + "\n";
    Files.writeString(directory.resolve("requirements.txt"), requirements);
    Files.writeString(
        directory.resolve("python_env.yaml"),
        """
        python: %s
        build_dependencies:
        - pip
        dependencies:
        - -r requirements.txt
        """
            .formatted(PYTHON));
    Files.writeString(
        directory.resolve("conda.yaml"),
        """
        channels:
        - conda-forge
        dependencies:
        - python=%s
        - pip
        - pip:
          - %s
        name: mlflow-env
        """
            .formatted(PYTHON, String.join("\n  - ", REQUIREMENTS)));
  }
}
