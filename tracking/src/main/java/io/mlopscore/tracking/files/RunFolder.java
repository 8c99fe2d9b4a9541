package io.mlopscore.tracking.files;

import io.mlopscore.tracking.RunInfo;
import io.mlopscore.tracking.RunStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One run of a file store.
public record RunFolder(Path folder) {
  private static final List<RunStatus> BY_NUMBER =
      List.of(
          RunStatus.RUNNING,
          RunStatus.SCHEDULED,
          RunStatus.FINISHED,
          RunStatus.FAILED,
          RunStatus.KILLED);

  public RunInfo info() {
    var meta = MetaFile.in(folder);
    return new RunInfo(
        meta.text("run_id").orElseGet(() -> meta.required("run_uuid")),
        name(meta),
        meta.required("experiment_id"),
        meta.textOr("user_id", ""),
        status(meta),
        meta.wholeOr("start_time", 0),
        meta.wholeOrNull("end_time"),
        meta.textOr("artifact_uri", folder.resolve("artifacts").toUri().toString()),
        meta.lifecycleStage());
  }

  private String name(MetaFile meta) {
    return meta.text("run_name")
        .filter(name -> !name.isEmpty())
        .orElseGet(() -> tags().getOrDefault("mlflow.runName", ""));
  }

  private static RunStatus status(MetaFile meta) {
    var number = meta.wholeOr("status", 1);
    if (number < 1 || number > BY_NUMBER.size()) {
      throw MetaFile.unusable(meta.file(), "`status` must be 1 to 5, not " + number);
    }
    return BY_NUMBER.get((int) number - 1);
  }

  /// When it was deleted, in milliseconds since the epoch; null if it was not, or nobody knows.
  public @Nullable Long deletedTime() {
    return MetaFile.in(folder).wholeOrNull("deleted_time");
  }

  public Map<String, String> params() {
    return Entries.values(folder.resolve("params"));
  }

  public Map<String, String> tags() {
    return Entries.values(folder.resolve("tags"));
  }

  public List<MetricFile> metrics() {
    return MetricFile.all(folder.resolve("metrics"));
  }

  /// The data sets and models that the run read, and the models that it made.
  public List<LinkFolder> links() {
    return List.of(folder.resolve("inputs"), folder.resolve("outputs")).stream()
        .flatMap(each -> Entries.folders(each, MetaFile::isIn).stream())
        .map(LinkFolder::new)
        .toList();
  }
}
