package io.mlopscore.tracking.files;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A folder `mlruns/` with experiments, runs and the model registry.
///
/// Reads what MLflow 1.x to 3.12 wrote; damaged entries are named by their file. Source: MLflow's
/// documentation of the backend store, "Local file system".
///
/// @param root the folder that holds a folder for each experiment
public record FileStore(Path root) {
  private static final String TRASH = ".trash";
  private static final String MODELS = "models";

  /// @throws TrackingException when the folder holds nothing of MLflow's
  public static FileStore open(Path root) {
    var store = new FileStore(root);
    if (store.experiments().isEmpty() && store.registeredModels().isEmpty()) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          root + ": no mlruns folder, there is no <experiment id>/meta.yaml in it.");
    }
    return store;
  }

  /// Whether a folder looks like one that MLflow wrote.
  public static boolean isAt(Path folder) {
    return Files.isDirectory(folder) && !Entries.folders(folder, MetaFile::isIn).isEmpty();
  }

  /// Every experiment, the deleted ones too.
  public List<ExperimentFolder> experiments() {
    return Stream.of(root, root.resolve(TRASH))
        .flatMap(folder -> Entries.folders(folder, MetaFile::isIn).stream())
        .map(ExperimentFolder::new)
        .toList();
  }

  public List<RegisteredModelFolder> registeredModels() {
    return Entries.folders(root.resolve(MODELS), MetaFile::isIn).stream()
        .map(RegisteredModelFolder::new)
        .toList();
  }
}
