package io.mlopscore.model;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A model as MLflow keeps it on disk: a folder with an `MLmodel` file and the files of its flavors
/// (https://mlflow.org/docs/latest/ml/model/).
///
/// @param directory where the files are
/// @param signature what the model takes and gives
/// @param description what the model says of itself
/// @param inputExample one row that the model accepts, by column name; empty if none was saved
/// @param runId the run that made it, if it says so
public record ModelFolder(
    Path directory,
    Signature signature,
    ModelDescription description,
    Map<String, Object> inputExample,
    Optional<String> runId) {

  /// Reads the `MLmodel` file of a folder.
  ///
  /// @throws ModelException if it is missing, not YAML, or lacks what serving needs
  public static ModelFolder open(Path directory) {
    throw new ModelException(directory + ": reading is written next");
  }

  /// Loads the fastest flavor that this machine can run.
  ///
  /// @throws ModelException if no flavor can be loaded
  public Scorer scorer() {
    throw new ModelException(directory + ": scoring is written next");
  }
}
