package io.mlopscore.console;

import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.RegisteredModel;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingStore;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Reads what the pages show.
final class Pages {
  /// A table of more rows is no longer read by people.
  private static final int MOST_RUNS = 500;

  private static final String DESCRIPTION = "mlflow.note.content";

  private final TrackingStore store;
  private final ModelRegistry registry;
  private final ArtifactFiles files;
  private final Times times;

  Pages(Tracking tracking, ArtifactFiles files, Times times) {
    store = tracking.store();
    registry = tracking.registry();
    this.files = files;
    this.times = times;
  }

  Page index(Reader reader) {
    return new IndexPage(
        store.experiments().stream()
            .filter(experiment -> reader.experiments().contains(experiment.id()))
            .map(this::row)
            .toList(),
        registry.registeredModels().stream()
            .filter(model -> reader.models().contains(model.name()))
            .map(this::row)
            .toList());
  }

  private IndexPage.ExperimentRow row(Experiment experiment) {
    var runs = store.runs(experiment.id(), MOST_RUNS);
    var last = runs.stream().mapToLong(Pages::lastActivity).max().orElse(experiment.creationTime());
    return new IndexPage.ExperimentRow(
        experiment.name(),
        Links.experiment(experiment.id()),
        runs.size() < MOST_RUNS ? String.valueOf(runs.size()) : MOST_RUNS + "+",
        times.moment(last));
  }

  private static long lastActivity(Run run) {
    var end = run.info().endTime();
    return end == null ? run.info().startTime() : end;
  }

  private IndexPage.ModelRow row(RegisteredModel model) {
    var aliases =
        model.aliases().entrySet().stream()
            .map(alias -> new IndexPage.Alias(alias.getKey(), alias.getValue()))
            .sorted(Comparator.comparing(IndexPage.Alias::name))
            .toList();
    return new IndexPage.ModelRow(
        model.name(),
        Links.model(model.name()),
        model.description(),
        registry.versions(model.name()).size(),
        aliases,
        times.moment(model.lastUpdatedTime()));
  }

  Page experiment(String id, RunOrder order) {
    var experiment = store.experiment(id);
    var runs = store.runs(id, MOST_RUNS);
    return new ExperimentPage(
        id,
        experiment.name(),
        describe(experiment.tags()),
        RunTable.of(id, runs, order, times),
        runs.size() < MOST_RUNS ? 0 : MOST_RUNS);
  }

  static String describe(Map<String, String> tags) {
    return tags.getOrDefault(DESCRIPTION, "");
  }

  Page run(String id) throws IOException {
    var run = store.run(id);
    var experiment = store.experiment(run.info().experimentId());
    return new RunReading(store, registry, files, times).page(run, experiment);
  }

  Page model(String name) {
    return new ModelReading(store, registry, times).page(name);
  }

  static List<String> aliases(List<String> aliases) {
    return aliases.stream().sorted().toList();
  }
}
