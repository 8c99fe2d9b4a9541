package io.mlopscore.console;

import io.mlopscore.tracking.DatasetInput;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.TrackingStore;
import io.mlopscore.tracking.search.SearchQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Reads what a [RunPage] shows.
record RunReading(TrackingStore store, ModelRegistry registry, ArtifactFiles files, Times times) {
  private static final String SYSTEM = "mlflow.";
  private static final int MOST_VERSIONS = 200;

  RunPage page(Run run, Experiment experiment) throws IOException {
    var info = run.info();
    var tags = run.tags();
    return new RunPage(
        info.runId(),
        info.runName().isEmpty() ? info.runId() : info.runName(),
        experiment.name(),
        Links.experiment(experiment.id()),
        info.status().name(),
        times.moment(info.startTime()),
        times.duration(info.startTime(), info.endTime()),
        info.userId(),
        tags.getOrDefault("mlflow.source.name", ""),
        tags.getOrDefault("mlflow.source.git.commit", ""),
        Pages.describe(tags),
        run.metrics().stream().map(RunReading::entry).toList(),
        entries(run.params(), _ -> true),
        entries(tags, key -> !key.startsWith(SYSTEM)),
        entries(tags, key -> key.startsWith(SYSTEM)),
        run.inputs().stream().map(RunReading::row).toList(),
        files.of(run),
        models(info.runId()),
        versions(info.runId()));
  }

  private static RunPage.Entry entry(Metric metric) {
    return new RunPage.Entry(
        metric.key(), Numbers.brief(metric.value()), String.valueOf(metric.value()));
  }

  private static List<RunPage.Entry> entries(Map<String, String> map, Predicate<String> shown) {
    return map.entrySet().stream()
        .filter(entry -> shown.test(entry.getKey()))
        .map(entry -> new RunPage.Entry(entry.getKey(), entry.getValue(), entry.getValue()))
        .sorted(Comparator.comparing(RunPage.Entry::key))
        .toList();
  }

  private static RunPage.DatasetRow row(DatasetInput input) {
    var dataset = input.dataset();
    return new RunPage.DatasetRow(
        dataset.name(),
        input.tags().getOrDefault("mlflow.data.context", ""),
        dataset.digest(),
        dataset.source());
  }

  private List<RunPage.LoggedModelRow> models(String runId) throws IOException {
    var rows = new ArrayList<RunPage.LoggedModelRow>();
    for (LoggedModel model : store.loggedModels(runId)) {
      rows.add(
          new RunPage.LoggedModelRow(
              model.modelId(), model.name(), model.status().name(), files.of(model)));
    }
    return rows;
  }

  private List<RunPage.VersionRow> versions(String runId) {
    var ofRun = SearchQuery.first("run_id = '" + runId + "'", MOST_VERSIONS);
    return registry.searchVersions(ofRun).items().stream()
        .map(ModelVersion::name)
        .distinct()
        .flatMap(model -> registry.versions(model).stream()) // a search leaves out the aliases
        .filter(version -> runId.equals(version.runId()))
        .map(RunReading::row)
        .toList();
  }

  private static RunPage.VersionRow row(ModelVersion version) {
    return new RunPage.VersionRow(
        version.name(),
        version.version(),
        Links.version(version.name(), version.version()),
        Pages.aliases(version.aliases()));
  }
}
