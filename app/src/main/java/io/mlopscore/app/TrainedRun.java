package io.mlopscore.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The run behind the model that the pipeline made, as its `metadata.json` says.
///
/// @param runId the run
/// @param modelId the logged model that the run made
record TrainedRun(String runId, String modelId) {
  /// Where `mlops train` writes it.
  static final String FILE = "models/metadata.json";

  static TrainedRun read(Path directory) throws IOException {
    var file = directory.resolve(FILE);
    try {
      var metadata = new ObjectMapper().readTree(Files.readAllBytes(file));
      return new TrainedRun(
          metadata.required("mlflow_run_id").asText(),
          metadata.required("mlflow_model_id").asText());
    } catch (NoSuchFileException e) {
      throw new IOException(
          file + ": not found; a stage of dvc.yaml must write it with `mlops train`", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          file + ": " + e.getMessage() + "; `mlops repro --force` writes it anew", e);
    }
  }

  /// The logged model, as MLflow names it.
  String modelUri() {
    return "models:/" + modelId;
  }
}
