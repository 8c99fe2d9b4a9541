package io.mlopscore.tracking.files;

import io.mlopscore.tracking.LifecycleStage;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.RunMetric;
import java.nio.file.Path;
import java.util.List;

/// One logged model of a file store (MLflow 3).
public record LoggedModelFolder(Path folder) {
  private static final List<LoggedModel.Status> BY_NUMBER = List.of(LoggedModel.Status.values());

  public LoggedModel model() {
    var meta = MetaFile.in(folder);
    var created = meta.wholeOr("creation_timestamp", 0);
    return new LoggedModel(
        meta.required("model_id"),
        meta.required("experiment_id"),
        meta.required("name"),
        meta.textOr("artifact_location", folder.resolve("artifacts").toUri().toString()),
        status(meta),
        meta.textOrNull("model_type"),
        meta.textOrNull("source_run_id"),
        created,
        meta.wholeOr("last_updated_timestamp", created),
        Entries.values(folder.resolve("params")),
        Entries.values(folder.resolve("tags")));
  }

  public LifecycleStage lifecycleStage() {
    return MetaFile.in(folder).lifecycleStage();
  }

  /// What was measured of it, and in which runs.
  public List<RunMetric> metrics() {
    var model = MetaFile.in(folder).required("model_id");
    return MetricFile.all(folder.resolve("metrics")).stream()
        .flatMap(metric -> metric.ofModel(model).stream())
        .toList();
  }

  private static LoggedModel.Status status(MetaFile meta) {
    var number = meta.wholeOr("status", 1);
    return BY_NUMBER.get((int) Math.clamp(number - 1, 0L, BY_NUMBER.size() - 1L));
  }
}
