package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.sql.Database;
import io.mlopscore.tracking.sql.DatabaseUri;
import io.mlopscore.tracking.sql.SqlGarbage;
import io.mlopscore.tracking.traces.TraceInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is deleted goes for good, with its files, and nothing else does.
class GarbageTest {
  @TempDir Path folder;

  @Test
  void inSqlite() throws IOException {
    collects(Tracking.DEFAULT_URI);
  }

  @Test
  void inPostgresql() throws IOException, SQLException {
    collects(PostgresServer.freshDatabase());
  }

  private void collects(String uri) throws IOException {
    var dialect = DatabaseUri.read(uri, folder, Map.of());
    try (var tracking = Tracking.open(uri, folder);
        var database = Database.open(dialect, Tracking.ARTIFACT_ROOT)) {
      var kept = fullRun(tracking, "0");
      var deleted = fullRun(tracking, "0");
      tracking.store().deleteRun(deleted.info().runId());
      var experiment = tracking.store().createExperiment("gone", Map.of("a", "b"));
      var inside = fullRun(tracking, experiment);
      tracking.store().deleteExperiment(experiment);
      var collection =
          new GarbageCollection(new SqlGarbage(database), tracking.artifacts(), Clock.systemUTC());

      assertThat(collection.plan(Duration.ofDays(1), Set.of(), Set.of(), Set.of())).isEmpty();
      assertThat(collection.plan(PAST, Set.of(), Set.of(), Set.of(experiment)))
          .extracting(Garbage::kind)
          .containsExactly(Garbage.Kind.RUN, Garbage.Kind.LOGGED_MODEL, Garbage.Kind.EXPERIMENT);
      var everything = collection.plan(PAST, Set.of(), Set.of(), Set.of());
      assertThat(everything)
          .extracting(Garbage::id)
          .contains(deleted.info().runId(), inside.info().runId(), experiment)
          .doesNotContain(kept.info().runId(), "0");
      for (var garbage : everything) {
        collection.remove(garbage);
      }

      assertThat(collection.plan(PAST, Set.of(), Set.of(), Set.of())).isEmpty();
      assertThat(tracking.store().experimentByName("gone")).isEmpty();
      assertThat(tracking.store().run(kept.info().runId()).metrics()).hasSize(1);
      assertThat(files(kept)).isRegularFile();
      assertThat(files(deleted)).doesNotExist();
      assertThat(files(inside)).doesNotExist();
    }
  }

  @Test
  void whatIsRestoredAfterThePlanIsKeptInSqlite() throws IOException {
    keepsRestored(Tracking.DEFAULT_URI);
  }

  @Test
  void whatIsRestoredAfterThePlanIsKeptInPostgresql() throws IOException, SQLException {
    keepsRestored(PostgresServer.freshDatabase());
  }

  private void keepsRestored(String uri) throws IOException {
    var dialect = DatabaseUri.read(uri, folder, Map.of());
    try (var tracking = Tracking.open(uri, folder);
        var database = Database.open(dialect, Tracking.ARTIFACT_ROOT)) {
      var store = tracking.store();
      var run = fullRun(tracking, "0");
      store.deleteRun(run.info().runId());
      var traced = traced(tracking, "traced");
      store.deleteExperiment(traced);
      var gone = traced(tracking, "gone with its traces");
      store.deleteExperiment(gone);
      var collection =
          new GarbageCollection(new SqlGarbage(database), tracking.artifacts(), Clock.systemUTC());
      var plan = collection.plan(PAST, Set.of(), Set.of(), Set.of());
      store.restoreRun(run.info().runId());
      store.restoreExperiment(traced);

      var removed = new ArrayList<String>();
      for (var garbage : plan) {
        if (collection.remove(garbage)) {
          removed.add(garbage.id());
        }
      }

      assertThat(removed).containsExactly(gone);
      assertThat(store.run(run.info().runId()).metrics()).hasSize(1);
      assertThat(files(run)).isRegularFile();
      assertThat(traces(tracking, traced)).hasSize(1);
      assertThat(traces(tracking, gone)).isEmpty();
      assertThat(store.experimentByName("gone with its traces")).isEmpty();
    }
  }

  private static String traced(Tracking tracking, String name) {
    var experiment = tracking.store().createExperiment(name, Map.of());
    var id = HexFormat.of().toHexDigits(name.hashCode()).repeat(4);
    tracking
        .traces()
        .logSpans(experiment, List.of(ExampleTraces.exported(ExampleTraces.root(id, name))));
    return experiment;
  }

  private static List<TraceInfo> traces(Tracking tracking, String experiment) {
    return tracking.traces().searchTraces(List.of(experiment), SearchQuery.first("", 10)).items();
  }

  /// A moment ahead, so that what was deleted just now counts as old.
  private static final Duration PAST = Duration.ofMinutes(-1);

  private Run fullRun(Tracking tracking, String experiment) throws IOException {
    var store = tracking.store();
    var run = store.createRun(new NewRun(experiment, "", "ada", 1, Map.of()));
    var id = run.info().runId();
    store.log(id, new RunBatch(List.of(new Metric("m", 1, 1, 1)), Map.of("p", "1"), Map.of()));
    var dataset = new Dataset("iris", "abc", "local", "{}", null, null);
    store.logInputs(id, List.of(new DatasetInput(dataset, Map.of("k", "v"))));
    var model =
        store.createLoggedModel(
            new NewLoggedModel(experiment, "m", null, id, Map.of("p", "1"), Map.of("t", "2")));
    store.logOutput(id, model.modelId(), 0);
    var note = Files.writeString(folder.resolve("note.txt"), "hello");
    tracking.artifacts().upload(note, run.info().artifactUri() + "/note.txt");
    return run;
  }

  private Path files(Run run) {
    var path = run.info().artifactUri().substring("mlflow-artifacts:/".length());
    return folder.resolve("mlartifacts").resolve(path).resolve("note.txt");
  }
}
