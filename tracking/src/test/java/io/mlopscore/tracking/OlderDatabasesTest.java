package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.traces.ExportedSpan;
import io.mlopscore.tracking.traces.Span;
import io.mlopscore.tracking.traces.TraceInfo;
import io.mlopscore.tracking.traces.TraceState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Databases that released versions of MLflow made are read and written as they are. Each
/// `mlflow-<version>.sql` is what `sqlite3 .dump` says of one.
class OlderDatabasesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"2.10.2", "2.17.2", "3.0.1", "3.5.1", "3.10.1"})
  void databaseOfAnOlderMlflowIsReadAndWritten(String version) throws Exception {
    var revision = load(version);
    try (var tracking = Tracking.open(Tracking.DEFAULT_URI, folder)) {
      readsWhatIsThere(tracking);
      writesMore(tracking);
    }
    assertThat(revision()).isEqualTo(revision);
  }

  @ParameterizedTest
  @CsvSource({"2.10.2,0", "2.17.2,1", "3.0.1,1", "3.5.1,2", "3.10.1,2"})
  void tracesAreKeptAsFarAsTheDatabaseCan(String version, int kept) throws Exception {
    load(version);
    try (var tracking = Tracking.open(Tracking.DEFAULT_URI, folder)) {
      var traces = tracking.traces();
      if (kept < 1) {
        assertUnserved(() -> traces.startTrace(trace()), "traces");
        return;
      }
      var info = traces.startTrace(trace());
      assertThat(info.tags()).containsEntry(TraceInfo.NAME, "t");
      assertThat(info.metadata()).containsEntry(TraceInfo.SESSION, "s");
      var query = SearchQuery.first("name = 't' AND metadata.`mlflow.trace.session` = 's'", 5);
      assertThat(traces.searchTraces(List.of("0"), query).items()).containsExactly(info);
      if (kept < 2) {
        assertUnserved(() -> traces.logSpans("0", List.of(span())), "spans");
        return;
      }
      traces.logSpans("0", List.of(span()));
      assertThat(traces.trace(info.traceId(), false).spans()).containsExactly(span().span());
    }
  }

  private static void assertUnserved(Runnable work, String what) {
    TrackingStoreContract.assertRefused(
        work, ErrorCode.NOT_IMPLEMENTED, "made by an older MLflow, which keeps no " + what);
  }

  private static TraceInfo trace() {
    return new TraceInfo(
        span().span().traceId(),
        "0",
        1,
        2L,
        TraceState.OK,
        null,
        null,
        null,
        Map.of(TraceInfo.SESSION, "s"),
        Map.of(TraceInfo.NAME, "t"),
        List.of());
  }

  private static ExportedSpan span() {
    return new ExportedSpan(
        new Span(
            "0af7651916cd43dd8448eb211c80319c",
            "b7ad6b7169203331",
            null,
            "t",
            1,
            2L,
            Span.Status.OK,
            "",
            Map.of(Span.TOKEN_USAGE, "{\"input_tokens\": 1}"),
            List.of(),
            List.of()),
        Map.of());
  }

  private static void readsWhatIsThere(Tracking tracking) {
    var experiment = tracking.store().experimentByName("wine").orElseThrow();
    assertThat(experiment.tags()).containsEntry("team", "red");
    var run = tracking.store().runs(experiment.id(), 10).getFirst();
    assertThat(run.info().runName()).isEqualTo("old");
    assertThat(run.info().status()).isEqualTo(RunStatus.FINISHED);
    assertThat(run.params()).containsExactly(Map.entry("depth", "3"));
    assertThat(run.tags()).containsEntry("note", "kept");
    assertThat(run.metrics())
        .containsExactly(new Metric("loss", 0.25, 20, 2), new Metric("odd", Double.NaN, 20, 0));
    assertThat(run.inputs()).hasSize(1);
    assertThat(tracking.store().history(run.info().runId(), "loss")).hasSize(2);
    assertThat(tracking.store().loggedModels(run.info().runId())).isEmpty();
    assertThat(tracking.store().loggedModelsOf(experiment.id())).isEmpty();
    assertThat(tracking.registry().registeredModel("wine").orElseThrow().aliases())
        .containsEntry("champion", 1);
    assertThat(tracking.registry().versionByAlias("wine", "champion").orElseThrow().runId())
        .isEqualTo(run.info().runId());
  }

  private static void writesMore(Tracking tracking) {
    var store = tracking.store();
    var id = store.createExperiment("new", Map.of("a", "b"));
    var run = store.createRun(new NewRun(id, "fresh", "ada", 1, Map.of())).info().runId();
    store.log(
        run, new RunBatch(List.of(new Metric("m", 1, 1, 1)), Map.of("p", "1"), Map.of("t", "1")));
    store.logInputs(
        run, List.of(new DatasetInput(new Dataset("d", "1", "local", "{}", null, null), Map.of())));
    store.endRun(run, RunStatus.FINISHED, 2);
    assertThat(store.run(run).metrics()).hasSize(1);
    var registry = tracking.registry();
    registry.createRegisteredModel("new", Map.of("a", "b"), "");
    registry.createVersion("new", "mlflow-artifacts:/1/x", run, null, Map.of("c", "d"));
    registry.setAlias("new", "challenger", 1);
    assertThat(registry.versionByAlias("new", "challenger").orElseThrow().version()).isEqualTo(1);
    assertThat(registry.registeredModels()).hasSize(2);
  }

  /// @return the revision of the database
  private String load(String version) throws IOException, SQLException {
    try (var in =
            Objects.requireNonNull(
                OlderDatabasesTest.class.getResourceAsStream("mlflow-" + version + ".sql"));
        var connection = DriverManager.getConnection(url());
        var statement = connection.createStatement()) {
      statement.executeUpdate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    return revision();
  }

  private String revision() throws SQLException {
    try (var connection = DriverManager.getConnection(url());
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT version_num FROM alembic_version")) {
      return row.getString(1);
    }
  }

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("mlflow.db");
  }
}
