package io.mlopscore.model;

import io.mlopscore.model.yaml.MlmodelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that a model folder will hold, before it is on disk.
///
/// @param files the files of the flavors, each with its bytes
/// @param runId the run that made it; empty outside a run
/// @param modelId the logged model that it will be; empty if it is not logged
/// @param created when it was made
public record ModelDraft(
    Signature signature,
    ModelDescription description,
    Map<String, Object> inputExample,
    Map<Flavor, byte[]> files,
    Optional<String> runId,
    Optional<String> modelId,
    Instant created) {

  /// Writes the folder beside its place and then moves it there, so that nobody ever reads one
  /// that is half written. What was there before is replaced; for the moment between two renames
  /// there is none.
  public ModelFolder write(Path directory) throws IOException {
    var parent = directory.toAbsolutePath().normalize().getParent();
    if (parent == null) {
      throw new IOException(directory + ": a model folder cannot be the root of a file system");
    }
    Files.createDirectories(parent);
    var fresh = Files.createTempDirectory(parent, ".model-");
    try {
      writeInto(fresh);
      Folders.replace(directory, fresh);
    } finally {
      Folders.delete(fresh);
    }
    return ModelFolder.open(directory);
  }

  private void writeInto(Path directory) throws IOException {
    Folders.readableByOthers(directory);
    for (var file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey().file()), file.getValue());
    }
    InputExample.write(directory, signature, inputExample);
    PythonEnvironment.write(directory);
    var flavors = List.copyOf(files.keySet());
    var mlmodel = new Mlmodel(signature, description, runId, modelId, flavors);
    MlmodelFile.write(directory, mlmodel, created);
  }
}
