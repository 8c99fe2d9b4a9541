package io.mlopscore.console;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.ModelStage;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.Prompts;
import io.mlopscore.tracking.RegisteredModel;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.http.Gate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what a [ModelPage] shows.
record ModelReading(Visit visit) {
  /// Of so many versions, the newest, the runs are read.
  private static final int MOST_RUNS = 100;

  static final String SYSTEM_TAGS = "mlflow.";

  Page page() {
    var model = model(visit, visit.path("name"));
    var prompt = Prompts.isPrompt(model.tags());
    var versions = visit.registry().versions(model.name());
    var runs = prompt ? Map.<String, Run>of() : runs(versions);
    var metrics =
        runs.values().stream()
            .flatMap(run -> run.metrics().stream())
            .map(Metric::key)
            .distinct()
            .sorted()
            .toList();
    var best = Best.of(List.copyOf(runs.values()));
    return new ModelPage(
        model.name(),
        visit.links().model(model.name()),
        prompt,
        model.description(),
        visit.times().moment(model.lastUpdatedTime()),
        ModelRow.aliases(model),
        RunReading.entries(model.tags(), key -> !key.startsWith(SYSTEM_TAGS)),
        metrics,
        versions.stream()
            .map(version -> row(version, runs.get(version.run().orElse("")), metrics, best))
            .toList(),
        visit.tracking().may("PATCH registered-models/update", "name", model.name()),
        visit.tracking().may("DELETE registered-models/delete", "name", model.name()));
  }

  static RegisteredModel model(Visit visit, String name) {
    return visit
        .registry()
        .registeredModel(name)
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.RESOURCE_DOES_NOT_EXIST,
                    "There is no registered model named '" + name + "'."));
  }

  /// The runs that the versions came from, as far as they are known here and may be seen.
  private Map<String, Run> runs(List<ModelVersion> versions) {
    var runs = new HashMap<String, Run>();
    versions.stream()
        .limit(MOST_RUNS)
        .flatMap(version -> version.run().stream())
        .distinct()
        .forEach(id -> run(visit, id).ifPresent(run -> runs.put(id, run)));
    return runs;
  }

  static Optional<Run> run(Visit visit, String id) {
    try {
      return TrackingException.found(() -> visit.store().run(id));
    } catch (Gate.PermissionDenied _) {
      return Optional.empty();
    }
  }

  private ModelPage.Row row(
      ModelVersion version, @Nullable Run run, List<String> metrics, Best best) {
    return new ModelPage.Row(
        version.version(),
        visit.links().version(version.name(), version.version()),
        Pages.aliases(version.aliases()),
        version.status(),
        stage(version),
        visit.times().moment(version.creationTime()),
        Objects.requireNonNullElse(version.description(), ""),
        version.source(),
        run == null ? "" : Pages.name(run.info()),
        run == null ? "" : visit.links().run(run.info().experimentId(), run.info().runId()),
        version.tags().getOrDefault(Prompts.TEXT_TAG, ""),
        metrics.stream().map(key -> run == null ? Cell.EMPTY : best.cell(run, key)).toList());
  }

  static String stage(ModelVersion version) {
    return version.stage().equals(ModelStage.NONE.word()) ? "" : version.stage();
  }
}
