package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mlopscore.tracking.files.FileStore;
import io.mlopscore.tracking.files.Imported;
import io.mlopscore.tracking.sql.Database;
import io.mlopscore.tracking.sql.DatabaseUri;
import io.mlopscore.tracking.sql.FileStoreImport;
import io.mlopscore.tracking.traces.Assessment;
import io.mlopscore.tracking.traces.TraceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder `mlruns/` as MLflow 3.5 wrote it, with everything that is odd in it.
@NullUnmarked
class FileStoreImportTest {
  private static final String RUN = "dd72d84614ba4521b955660ca47c0951";
  private static final String DELETED_RUN = "b26fc2c235e54a5189efe82e1f48e556";
  private static final String MODEL = "m-9210347678384be08b4001bdb53b4a2e";
  private static final String EXPERIMENT = "217716360212636050";

  @TempDir Path folder;
  private Path mlruns;
  private Tracking tracking;

  @BeforeEach
  void write() throws IOException {
    mlruns = folder.resolve("mlruns");
    experiment("0", "Default", "active");
    experiment(EXPERIMENT, "wine", "active");
    file(EXPERIMENT + "/tags/team", "red");
    run(EXPERIMENT + "/" + RUN, RUN, "active", 3);
    file(EXPERIMENT + "/" + RUN + "/params/a/b", "1");
    file(EXPERIMENT + "/" + RUN + "/tags/note", "ünï", "code");
    file(
        EXPERIMENT + "/" + RUN + "/metrics/deep/loss",
        "10 0.5 1",
        "11 nan 2",
        "12 -inf -3",
        "9 0.25");
    dataset();
    loggedModel();
    traces();
    experiment(".trash/417270301807828601", "gone", "deleted");
    run(".trash/417270301807828601/b26f", DELETED_RUN, "deleted", 1);
    file("models/Wine/meta.yaml", "creation_timestamp: 6", "name: Wine", "description: about");
    file("models/Wine/aliases/champion", "2");
    version(1, "Archived");
    version(2, "None");
    file("models/Wine/version-2/tags/kind", "best");
    tracking = Tracking.open(Tracking.DEFAULT_URI, folder);
  }

  @AfterEach
  void close() {
    tracking.close();
  }

  @Test
  void everythingComesAcross() {
    assertThat(imported()).isEqualTo(new Imported(2, 2, 4, 2, 1, 1, 2));
    var experiment = tracking.store().experimentByName("wine").orElseThrow();
    assertThat(experiment.id()).isEqualTo(EXPERIMENT);
    assertThat(experiment.tags()).containsEntry("team", "red");
    var run = tracking.store().run(RUN);
    assertThat(run.info().status()).isEqualTo(RunStatus.FINISHED);
    assertThat(run.params()).containsExactly(Map.entry("a/b", "1"));
    assertThat(run.tags()).containsEntry("note", "ünï\ncode");
    assertThat(run.inputs()).extracting(input -> input.dataset().name()).containsExactly("d");
    assertThat(tracking.store().history(RUN, "deep/loss"))
        .extracting(Metric::step)
        .containsExactly(0L, 1L, 2L, -3L);
    assertThat(run.metrics()).extracting(Metric::value).containsExactly(Double.NaN);
    assertThat(tracking.store().loggedModel(MODEL).params()).containsEntry("trees", "200");
  }

  @Test
  void experimentThatIsThereGetsTheTagsThatItLacks() throws IOException {
    tracking.store().tagExperiment("0", "team", "blue");
    file("0/tags/team", "red");
    file("0/tags/mlflow.note.content", "about it");
    imported();
    assertThat(tracking.store().experiment("0").tags())
        .containsEntry("team", "blue")
        .containsEntry("mlflow.note.content", "about it");
  }

  @Test
  void registryComesAcross() {
    imported();
    var champion = tracking.registry().versionByAlias("Wine", "champion").orElseThrow();
    assertThat(champion.version()).isEqualTo(2);
    assertThat(champion.tags()).containsEntry("kind", "best");
    assertThat(tracking.registry().version("Wine", 1).stage()).isEqualTo("Archived");
    assertThat(tracking.registry().downloadUri("Wine", 1)).isEqualTo("file:///models/1");
  }

  @Test
  void deletedOnesStayDeleted() {
    imported();
    var gone = tracking.store().experimentByName("gone").orElseThrow();
    assertThat(gone.lifecycleStage()).isEqualTo(LifecycleStage.DELETED);
    assertThat(tracking.store().run(DELETED_RUN).info().lifecycleStage())
        .isEqualTo(LifecycleStage.DELETED);
  }

  @Test
  void loggedModelsKeepWhatWasMeasuredAndWhoReadThem() throws IOException {
    file(
        EXPERIMENT + "/models/" + MODEL + "/metrics/acc",
        "10 0.5 1 " + RUN + " my data a581ccc7",
        "11 nan 2 " + RUN,
        "12 1 3 d41d8cd98f00b204e9800998ecf8427e");
    file(
        EXPERIMENT + "/" + RUN + "/inputs/" + MODEL + "/meta.yaml",
        "destination_type: RUN",
        "source_id: " + MODEL,
        "source_type: MODEL");
    imported();
    assertThat(tracking.store().loggedModel(MODEL).metrics())
        .extracting(RunMetric::runId, point -> point.metric().datasetName())
        .containsExactly(tuple(RUN, "my data"), tuple(RUN, null));
    assertThat(tracking.store().run(RUN).modelInputs()).containsExactly(MODEL);
  }

  @Test
  void deletedLoggedModelStaysDeleted() throws IOException {
    Files.writeString(
        mlruns.resolve(EXPERIMENT + "/models/" + MODEL + "/meta.yaml"),
        "\nlifecycle_stage: deleted",
        StandardOpenOption.APPEND);
    imported();
    assertThatThrownBy(() -> tracking.store().loggedModel(MODEL)).hasMessageContaining("not found");
  }

  @Test
  void tracesComeAcrossWithTheirAssessments() {
    imported();
    var trace = tracking.traces().traceInfo("tr-1");
    assertThat(trace.requestTime()).isEqualTo(1796067306656L);
    assertThat(trace.state()).isEqualTo(TraceState.ERROR);
    assertThat(trace.tags())
        .containsEntry("mlflow.traceName", "ask")
        .containsEntry("mlflow.artifactLocation", "file:///a/tr-1");
    assertThat(trace.metadata()).containsEntry("mlflow.trace.session", "s1");
    assertThat(trace.assessments())
        .extracting(Assessment::name, Assessment::value, Assessment::valid)
        .containsExactlyInAnyOrder(
            tuple("good", new Assessment.Value.Feedback("true", null), false),
            tuple("right", new Assessment.Value.Expectation("{\"a\": [1, 2]}"), true));
    assertThat(tracking.traces().traceInfo("older").executionDuration()).isEqualTo(7);
  }

  @Test
  void textsThatLookLikeNumbersStayTexts() throws IOException {
    experiment("7", "1e5", "active");
    file(
        EXPERIMENT + "/datasets/7eed/meta.yaml",
        "digest: 641e6115",
        "name: d",
        "profile: " + "x".repeat(4_000_000),
        "source: '{}'",
        "source_type: code");
    imported();
    assertThat(tracking.store().experimentByName("1e5")).isPresent();
    assertThat(tracking.store().run(RUN).inputs())
        .extracting(input -> input.dataset().digest())
        .containsExactly("641e6115");
  }

  @Test
  void importMayBeRepeated() {
    imported();
    assertThat(imported()).isEqualTo(new Imported(0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void damagedFilesAreNamedAtOnceAndNothingIsImported() throws IOException {
    file(EXPERIMENT + "/" + RUN + "/metrics/zz", "10 half");
    file(EXPERIMENT + "/0123456789abcdef0123456789abcdef/meta.yaml");
    file("models/Broken/meta.yaml", "name: [");
    file("models/Wine/version-1/meta.yaml", "version: one", "name: Wine");
    assertThatThrownBy(() -> imported())
        .isInstanceOf(TrackingException.class)
        .hasMessageContaining("zz")
        .hasMessageContaining("'10 half' is no point of a metric")
        .hasMessageContaining("0123456789abcdef0123456789abcdef")
        .hasMessageContaining("Broken")
        .hasMessageContaining("version-1");
    assertThat(tracking.store().experimentByName("wine")).isEmpty();
  }

  @Test
  void otherFolderIsRefused() throws IOException {
    var other = Files.createDirectories(folder.resolve("other"));
    assertThatThrownBy(() -> FileStore.open(other)).hasMessageContaining("no mlruns folder");
  }

  private Imported imported() {
    var dialect = DatabaseUri.read(Tracking.DEFAULT_URI, folder, Map.of());
    try (var database = Database.open(dialect, "mlflow-artifacts:/")) {
      return new FileStoreImport(database, FileStore.open(mlruns)).run();
    }
  }

  private void experiment(String path, String name, String stage) throws IOException {
    var id = path.substring(path.lastIndexOf('/') + 1);
    file(
        path + "/meta.yaml",
        "artifact_location: file:///a/" + id,
        "creation_time: 1",
        "experiment_id: '" + id + "'",
        "lifecycle_stage: " + stage,
        "name: " + name);
  }

  private void run(String path, String id, String stage, int status) throws IOException {
    file(
        path + "/meta.yaml",
        "artifact_uri: file:///a/r",
        "end_time: null",
        "experiment_id: '1'",
        "lifecycle_stage: " + stage,
        "run_id: " + id,
        "run_name: r",
        "start_time: 3",
        "status: " + status);
  }

  private void dataset() throws IOException {
    file(
        EXPERIMENT + "/datasets/7eed/meta.yaml",
        "digest: a581ccc7",
        "name: d",
        "schema: null",
        "source: '{}'",
        "source_type: code");
    file(
        EXPERIMENT + "/" + RUN + "/inputs/969f/meta.yaml",
        "destination_type: RUN",
        "source_id: 7eed",
        "source_type: DATASET",
        "tags:",
        "  mlflow.data.context: training");
  }

  private void loggedModel() throws IOException {
    file(
        EXPERIMENT + "/models/" + MODEL + "/meta.yaml",
        "creation_timestamp: 5",
        "experiment_id: '" + EXPERIMENT + "'",
        "model_id: " + MODEL,
        "name: forest",
        "status: 2",
        "source_run_id: " + RUN);
    file(EXPERIMENT + "/models/" + MODEL + "/params/trees", "200");
    file(
        EXPERIMENT + "/" + RUN + "/outputs/" + MODEL + "/meta.yaml",
        "destination_id: " + MODEL,
        "destination_type: MODEL_OUTPUT",
        "source_type: RUN_OUTPUT",
        "step: 2");
  }

  /// One as MLflow 3 wrote it, and one as MLflow 2 did.
  private void traces() throws IOException {
    var folder = EXPERIMENT + "/traces/tr-1/";
    file(
        folder + "trace_info.yaml",
        "request_time: '2026-11-30T19:35:06.656Z'",
        "state: ERROR",
        "trace_id: tr-1");
    file(folder + "tags/mlflow.traceName", "ask");
    file(folder + "tags/mlflow.artifactLocation", "file:///a/tr-1");
    file(folder + "request_metadata/mlflow.trace.session", "s1");
    file(
        folder + "assessments/a-1.yaml",
        "assessment_id: a-1",
        "assessment_name: good",
        "create_time: '2026-11-30T19:35:08.689Z'",
        "feedback: {value: true}",
        "source: {source_id: bob, source_type: HUMAN}",
        "valid: false");
    file(
        folder + "assessments/a-2.yaml",
        "assessment_name: right",
        "expectation: {serialized_value: {value: '{\"a\": [1, 2]}'}}");
    file(
        EXPERIMENT + "/traces/older/trace_info.yaml",
        "execution_time_ms: 7",
        "request_id: older",
        "status: OK",
        "timestamp_ms: 5");
  }

  private void version(int number, String stage) throws IOException {
    file(
        "models/Wine/version-" + number + "/meta.yaml",
        "creation_timestamp: 8",
        "current_stage: " + stage,
        "name: Wine",
        "run_id: " + RUN,
        "source: models:/x",
        "status: READY",
        "storage_location: file:///models/" + number,
        "version: " + number);
  }

  private void file(String path, String... lines) throws IOException {
    var file = mlruns.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines));
  }
}
