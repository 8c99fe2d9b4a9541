package io.mlopscore.tracking;

import static io.mlopscore.tracking.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.sql.DatabaseUri;
import io.mlopscore.tracking.sql.SchemaUpgrade;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Databases that released versions of MLflow made are read, written and upgraded. Each
/// `mlflow-<version>.sql` is what `sqlite3 .dump` says of one, each
/// `mlflow-postgresql-<version>.sql` what `interop/mlflow/older.py` made with MLflow's own
/// migrations.
class OlderDatabasesTest {
  @TempDir Path folder;

  private String uri = Tracking.DEFAULT_URI;

  @ParameterizedTest
  @MethodSource("databases")
  void databaseOfAnOlderMlflowIsReadAndWritten(String kind, String version) throws Exception {
    load(kind, version);
    var revision = revision();
    try (var tracking = Tracking.open(uri, folder)) {
      readsWhatIsThere(tracking);
      writesMore(tracking);
    }
    assertThat(revision()).isEqualTo(revision);
  }

  static Stream<Arguments> databases() {
    return Stream.of("sqlite", "postgresql")
        .flatMap(
            kind ->
                Stream.of("2.10.2", "2.17.2", "3.0.1", "3.5.1", "3.10.1")
                    .map(version -> Arguments.of(kind, version)));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void upgradedDatabaseKeepsAllAndCanWhatANewOneCan(String kind, String version) throws Exception {
    load(kind, version);
    try (var upgrade = new SchemaUpgrade(DatabaseUri.read(uri, folder, Map.of()))) {
      assertThat(upgrade.plan()).contains("new table review_queues");
      assertThat(upgrade.revision()).isNotEqualTo(SchemaUpgrade.HEAD);
      assertThat(upgrade.run()).contains("new table review_queues");
      assertThat(upgrade.revision()).isEqualTo(SchemaUpgrade.HEAD);
      assertThat(upgrade.plan()).isEmpty();
    }
    try (var tracking = Tracking.open(uri, folder)) {
      readsWhatIsThere(tracking);
      writesMore(tracking);
      var info = tracking.traces().startTrace(trace());
      tracking.traces().logSpans("0", List.of(span()));
      assertThat(tracking.traces().trace(info.traceId(), false).spans()).hasSize(1);
    }
  }

  @Test
  void upgradeRefusesWhatWouldLoseData() throws Exception {
    load("sqlite", "3.10.1");
    try (var connection = DriverManager.getConnection(jdbc());
        var statement = connection.createStatement()) {
      statement.executeUpdate("ALTER TABLE experiment_tags ADD COLUMN own TEXT");
    }
    try (var upgrade = new SchemaUpgrade(DatabaseUri.read(uri, folder, Map.of()))) {
      var before = upgrade.revision();
      assertRefused(upgrade::run, ErrorCode.INVALID_STATE, "columns that are not MLflow's");
      assertThat(upgrade.revision()).isEqualTo(before);
    }
  }

  @Test
  void upgradeRefusesARevisionThatItDoesNotKnow() throws Exception {
    load("sqlite", "2.10.2");
    try (var connection = DriverManager.getConnection(jdbc());
        var statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE alembic_version SET version_num = '7f2a7d5fae7d'");
    }
    try (var upgrade = new SchemaUpgrade(DatabaseUri.read(uri, folder, Map.of()))) {
      assertRefused(
          upgrade::plan, ErrorCode.INVALID_STATE, "7f2a7d5fae7d, which is older than MLflow 2.10");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sqlite,2.10.2,0",
    "sqlite,2.17.2,1",
    "sqlite,3.0.1,1",
    "sqlite,3.5.1,2",
    "sqlite,3.10.1,2",
    "postgresql,2.10.2,0",
    "postgresql,2.17.2,1",
    "postgresql,3.5.1,2",
    "postgresql,3.10.1,2"
  })
  void tracesAreKeptAsFarAsTheDatabaseCan(String kind, String version, int kept) throws Exception {
    load(kind, version);
    try (var tracking = Tracking.open(uri, folder)) {
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
    assertRefused(
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

  private void load(String kind, String version) throws IOException, SQLException {
    var isSqlite = kind.equals("sqlite");
    uri = isSqlite ? Tracking.DEFAULT_URI : PostgresServer.emptyDatabase();
    var dump = "mlflow-" + (isSqlite ? "" : kind + "-") + version + ".sql";
    try (var in = Objects.requireNonNull(OlderDatabasesTest.class.getResourceAsStream(dump));
        var connection = DriverManager.getConnection(jdbc());
        var statement = connection.createStatement()) {
      var sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (isSqlite) {
        statement.executeUpdate(sql);
      } else {
        statement.execute(sql);
      }
    }
  }

  private String revision() throws SQLException {
    try (var connection = DriverManager.getConnection(jdbc());
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT version_num FROM alembic_version")) {
      row.next();
      return row.getString(1);
    }
  }

  private String jdbc() {
    return uri.startsWith("sqlite:")
        ? "jdbc:sqlite:" + folder.resolve("mlflow.db")
        : uri.replaceFirst("postgresql\\+psycopg2://postgres@", "jdbc:postgresql://")
            + "?user=postgres";
  }
}
