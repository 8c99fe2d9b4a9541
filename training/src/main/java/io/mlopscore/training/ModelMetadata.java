package io.mlopscore.training;

import io.mlopscore.model.ModelFolder;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.Run;
import java.util.LinkedHashMap;
import java.util.Map;

/// The content of `metadata.json`: what a prediction service needs to know of the model and where
/// its run is. Numbers of the algorithm are numbers here.
final class ModelMetadata {
  private ModelMetadata() {}

  static Map<String, Object> of(
      ModelFolder folder, Table table, TrainingJob job, Run run, LoggedModel logged) {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("model_type", folder.description().modelType());
    job.params().algorithm().settings().forEach((name, text) -> metadata.put(name, number(text)));
    metadata.put("n_features", table.features().size());
    metadata.put("n_samples", table.size());
    metadata.put("feature_names", table.features());
    metadata.put("target_names", folder.description().classes());
    metadata.put("mlflow_run_id", run.info().runId());
    metadata.put("mlflow_run_name", run.info().runName());
    metadata.put("mlflow_run_uri", run.info().artifactUri());
    metadata.put("mlflow_experiment_name", job.experiment());
    metadata.put("mlflow_model_id", logged.modelId());
    metadata.put("mlflow_relative_path", relative(logged.artifactUri()));
    return metadata;
  }

  private static Object number(String text) {
    var number = Double.parseDouble(text);
    return number == Math.rint(number) && !text.contains(".") ? (Object) (long) number : number;
  }

  /// The place below the artifact root: all after `scheme:/`.
  private static String relative(String artifactUri) {
    return artifactUri.replaceFirst("^[a-z-]+:/+", "");
  }
}
