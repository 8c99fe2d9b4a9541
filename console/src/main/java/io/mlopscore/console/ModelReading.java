package io.mlopscore.console;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.TrackingStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what a [ModelPage] shows.
record ModelReading(TrackingStore store, ModelRegistry registry, Times times) {
  ModelPage page(String name) {
    var model =
        registry
            .registeredModel(name)
            .orElseThrow(
                () ->
                    new TrackingException(
                        ErrorCode.RESOURCE_DOES_NOT_EXIST,
                        "There is no registered model named '" + name + "'."));
    var versions = registry.versions(name);
    var runs = runs(versions);
    var metrics =
        runs.values().stream()
            .flatMap(run -> run.metrics().stream())
            .map(Metric::key)
            .distinct()
            .sorted()
            .toList();
    var best = Best.of(List.copyOf(runs.values()));
    return new ModelPage(
        name,
        model.description(),
        times.moment(model.lastUpdatedTime()),
        metrics,
        versions.stream()
            .map(version -> row(version, runs.get(version.runId()), metrics, best))
            .toList());
  }

  /// The runs that the versions came from, as far as they are known here.
  private Map<String, Run> runs(List<ModelVersion> versions) {
    var runs = new HashMap<String, Run>();
    for (var version : versions) {
      version
          .run()
          .filter(id -> !runs.containsKey(id))
          .flatMap(this::find)
          .ifPresent(run -> runs.put(run.info().runId(), run));
    }
    return runs;
  }

  private Optional<Run> find(String runId) {
    try {
      return Optional.of(store.run(runId));
    } catch (TrackingException e) {
      if (e.code() == ErrorCode.RESOURCE_DOES_NOT_EXIST) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private ModelPage.Row row(
      ModelVersion version, @Nullable Run run, List<String> metrics, Best best) {
    return new ModelPage.Row(
        version.version(),
        Pages.aliases(version.aliases()),
        version.status(),
        times.moment(version.creationTime()),
        version.source(),
        run == null ? "" : run.info().runName(),
        run == null ? "" : Links.run(run.info().experimentId(), run.info().runId()),
        metrics.stream().map(key -> run == null ? Cell.EMPTY : best.cell(run, key)).toList());
  }
}
