package io.mlopscore.tracking.files;

import io.mlopscore.tracking.Experiment;
import java.nio.file.Path;
import java.util.List;

/// One experiment of a file store.
public record ExperimentFolder(Path folder) {
  public Experiment experiment() {
    var meta = MetaFile.in(folder);
    var created = meta.wholeOr("creation_time", 0);
    return new Experiment(
        meta.required("experiment_id"),
        meta.required("name"),
        meta.textOr("artifact_location", folder.toUri().toString()),
        meta.lifecycleStage(),
        created,
        meta.wholeOr("last_update_time", created),
        Entries.values(folder.resolve("tags")));
  }

  /// Every run, the deleted ones too.
  public List<RunFolder> runs() {
    return Entries.folders(folder, child -> MetaFile.isIn(child) && !child.endsWith("models"))
        .stream()
        .map(RunFolder::new)
        .toList();
  }

  public List<LoggedModelFolder> loggedModels() {
    return Entries.folders(folder.resolve("models"), MetaFile::isIn).stream()
        .map(LoggedModelFolder::new)
        .toList();
  }

  public List<TraceFolder> traces() {
    return TraceFolder.all(folder.resolve("traces"));
  }

  public List<DatasetFolder> datasets() {
    return Entries.folders(folder.resolve("datasets"), MetaFile::isIn).stream()
        .map(DatasetFolder::new)
        .toList();
  }
}
