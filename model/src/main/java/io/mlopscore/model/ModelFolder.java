package io.mlopscore.model;

import io.mlopscore.model.onnx.OnnxScorers;
import io.mlopscore.model.tribuo.TribuoScorer;
import io.mlopscore.model.yaml.MlmodelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A model as MLflow keeps it on disk: a folder with an `MLmodel` file and the files of its flavors
/// (https://mlflow.org/docs/latest/ml/model/). Write one with [ModelDraft].
///
/// @param directory where the files are
/// @param mlmodel what its `MLmodel` file says
/// @param inputExample one row that the model accepts, by column name; empty if none was saved
public record ModelFolder(Path directory, Mlmodel mlmodel, Map<String, Object> inputExample) {
  /// Reads the `MLmodel` file of a folder, and the example beside it.
  ///
  /// @throws ModelException if one cannot be read, or lacks what serving needs
  public static ModelFolder open(Path directory) {
    return new ModelFolder(directory, MlmodelFile.read(directory), InputExample.read(directory));
  }

  /// What the model takes and gives.
  public Signature signature() {
    return mlmodel.signature();
  }

  /// What the model says of itself.
  public ModelDescription description() {
    return mlmodel.description();
  }

  /// Loads the fastest flavor that this machine can run: tree ensembles and linear models as plain
  /// arrays, any other ONNX graph by ONNX Runtime, else Tribuo. Native libraries are loaded only
  /// for ONNX Runtime.
  ///
  /// @throws ModelException if no flavor can be loaded
  public Scorer scorer() {
    var first =
        mlmodel.flavors().stream()
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
      case Flavor.Onnx _ -> OnnxScorers.load(file, signature().inputs(), description().classes());
      case Flavor.Tribuo _ -> TribuoScorer.load(file, signature(), description().classes());
    };
  }
}
