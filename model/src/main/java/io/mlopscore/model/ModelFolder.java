package io.mlopscore.model;

import io.mlopscore.model.onnx.OnnxScorers;
import io.mlopscore.model.tribuo.TribuoScorer;
import io.mlopscore.model.yaml.MlmodelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A model as MLflow keeps it on disk: a folder with an `MLmodel` file and the files of its flavors
/// (https://mlflow.org/docs/latest/ml/model/). Write one with [ModelDraft].
///
/// @param directory where the files are
/// @param signature what the model takes and gives
/// @param description what the model says of itself
/// @param inputExample one row that the model accepts, by column name; empty if none was saved
/// @param runId the run that made it, if it says so
/// @param modelId the logged model that it is, if it says so
/// @param flavors the forms in which it is there, fastest first
public record ModelFolder(
    Path directory,
    Signature signature,
    ModelDescription description,
    Map<String, Object> inputExample,
    Optional<String> runId,
    Optional<String> modelId,
    List<Flavor> flavors) {
  public ModelFolder {
    flavors = List.copyOf(flavors);
  }

  /// Reads the `MLmodel` file of a folder.
  ///
  /// @throws ModelException if it is missing, not YAML, or lacks what serving needs
  public static ModelFolder open(Path directory) {
    return MlmodelFile.read(directory);
  }

  /// Loads the fastest flavor that this machine can run: tree ensembles and linear models as plain
  /// arrays, any other ONNX graph by ONNX Runtime, else Tribuo. Native libraries are loaded only
  /// for ONNX Runtime.
  ///
  /// @throws ModelException if no flavor can be loaded
  public Scorer scorer() {
    var first =
        flavors.stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelException(
                        directory.resolve("MLmodel")
                            + ": no flavor that can be run here; `onnx` or `tribuo` is needed"));
    return scorer(first);
  }

  /// Loads one given flavor.
  ///
  /// @throws ModelException if its file is missing or broken
  public Scorer scorer(Flavor flavor) {
    var file = directory.resolve(flavor.file());
    if (!Files.isRegularFile(file)) {
      throw new ModelException(
          file + ": missing, but the MLmodel file beside it names it; restore the whole folder");
    }
    return switch (flavor) {
      case Flavor.Onnx _ -> OnnxScorers.load(file, signature.inputs(), description.classes());
      case Flavor.Tribuo _ -> TribuoScorer.load(file, signature, description.classes());
    };
  }
}
