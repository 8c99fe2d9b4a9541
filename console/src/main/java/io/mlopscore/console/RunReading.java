package io.mlopscore.console;

import io.mlopscore.tracking.DatasetInput;
import io.mlopscore.tracking.LifecycleStage;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.search.SearchQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Reads what a [RunPage] shows.
record RunReading(Visit visit) {
  static final String POINTS = "/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval";

  private static final String SYSTEM = "mlflow.";
  private static final int MOST_VERSIONS = 200;

  /// Of so many metrics without steps it is asked how many points they have.
  private static final int MOST_ASKED = 50;

  Page page() throws IOException {
    var run = visit.store().run(visit.path("id"));
    var experiment = visit.store().experiment(run.info().experimentId());
    var info = run.info();
    var id = info.runId();
    var tags = run.tags();
    var files = new ArtifactFiles(visit);
    var tree = files.tree(files.of(run));
    var models = visit.store().loggedModels(id);
    return new RunPage(
        id,
        Pages.name(info),
        visit.links().run(id),
        experiment.name(),
        visit.links().experiment(experiment.id()),
        info.status().name(),
        info.lifecycleStage() == LifecycleStage.DELETED,
        visit.times().moment(info.startTime()),
        visit.times().duration(info.startTime(), info.endTime()),
        info.userId(),
        tags.getOrDefault("mlflow.source.name", ""),
        tags.getOrDefault("mlflow.source.git.commit", ""),
        Pages.describe(tags),
        run.metrics().stream().map(RunReading::entry).toList(),
        charted(run),
        visit.links().root() + POINTS,
        entries(run.params(), _ -> true),
        entries(tags, key -> !key.startsWith(SYSTEM)),
        entries(tags, key -> key.startsWith(SYSTEM)),
        run.inputs().stream().map(RunReading::row).toList(),
        tree,
        tree.files().filter(FileRow::picture).toList(),
        models(models, files),
        versions(id),
        sources(models, tree),
        visit.tracking().may("POST runs/set-tag", "run_id", id),
        visit.tracking().may("POST runs/delete", "run_id", id));
  }

  private List<String> charted(Run run) {
    var asked = 0;
    var charted = new ArrayList<String>();
    for (var metric : run.metrics()) {
      if (metric.step() > 0 || (asked++ < MOST_ASKED && hasSeveral(run, metric))) {
        charted.add(metric.key());
      }
    }
    return charted;
  }

  private boolean hasSeveral(Run run, Metric metric) {
    return visit.store().history(run.info().runId(), metric.key(), 2, "").items().size() > 1;
  }

  private static RunPage.Entry entry(Metric metric) {
    return new RunPage.Entry(metric.key(), Numbers.brief(metric), String.valueOf(metric.value()));
  }

  static List<RunPage.Entry> entries(Map<String, String> map, Predicate<String> shown) {
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

  private static List<RunPage.LoggedModelRow> models(List<LoggedModel> models, ArtifactFiles files)
      throws IOException {
    var rows = new ArrayList<RunPage.LoggedModelRow>();
    for (var model : models) {
      rows.add(
          new RunPage.LoggedModelRow(
              model.modelId(), model.name(), model.status().name(), files.tree(files.of(model))));
    }
    return rows;
  }

  private List<RunPage.VersionRow> versions(String runId) {
    var ofRun = SearchQuery.first("run_id = '" + runId + "'", MOST_VERSIONS);
    return visit.registry().searchVersions(ofRun).items().stream()
        .map(ModelVersion::name)
        .distinct()
        .flatMap(model -> visit.registry().versions(model).stream()) // a search has no aliases
        .filter(version -> runId.equals(version.runId()))
        .map(this::row)
        .toList();
  }

  private RunPage.VersionRow row(ModelVersion version) {
    return new RunPage.VersionRow(
        version.name(),
        version.version(),
        visit.links().version(version.name(), version.version()),
        Pages.aliases(version.aliases()));
  }

  /// Logged models, and folders of the run that hold one.
  private static List<RunPage.Source> sources(List<LoggedModel> models, FileTree tree) {
    var sources = new ArrayList<RunPage.Source>();
    for (var model : models) {
      sources.add(
          new RunPage.Source(
              model.modelId(), "logged model " + model.name() + " (" + model.modelId() + ")"));
    }
    tree.files()
        .map(FileRow::path)
        .filter(path -> path.endsWith("/MLmodel"))
        .map(path -> path.substring(0, path.length() - "/MLmodel".length()))
        .forEach(folder -> sources.add(new RunPage.Source(folder, "artifacts in " + folder)));
    return sources;
  }
}
