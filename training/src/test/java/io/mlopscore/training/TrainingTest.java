package io.mlopscore.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlopscore.model.ModelFolder;
import io.mlopscore.model.Range;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.RunStatus;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.training.csv.CsvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a CSV file to a tracked run with a model on disk and figures logged.
class TrainingTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-01T08:00:00Z"), ZoneOffset.UTC);
  private static final Map<String, Range> RANGES = Map.of("petal_length", new Range(0, 20));

  @TempDir Path directory;

  @BeforeEach
  void splitData() throws IOException {
    DataSplit.write(CsvFile.read(Iris.FILE), params().data(), file("train.csv"), file("test.csv"));
  }

  @Test
  void runKnowsParamsDataCommitAndCommand() throws IOException {
    var run = train(RANGES).run();

    assertThat(run.info().status()).isEqualTo(RunStatus.FINISHED);
    assertThat(run.params())
        .containsEntry("n_estimators", "20")
        .containsEntry("max_depth", "10")
        .containsEntry("algorithm", "random_forest")
        .containsEntry("test_size", "0.2");
    assertThat(run.tags())
        .containsEntry("mlflow.source.git.commit", "0badc0de")
        .containsEntry("mlflow.source.name", "mlops train")
        .containsEntry("mlflow.source.type", "LOCAL")
        .containsEntry("mlflow.user", "ada");
    var dataset = run.inputs().getFirst().dataset();
    assertThat(dataset.name()).isEqualTo("train");
    assertThat(dataset.digest()).matches("[0-9a-f]{32}");
    assertThat(dataset.profile()).isEqualTo("{\"num_rows\":120,\"num_elements\":600}");
    assertThat(run.inputs().getFirst().tags()).containsEntry("mlflow.data.context", "training");
  }

  @Test
  void folderAndLoggedModelAreTheSame() throws IOException {
    var trained = train(RANGES);
    var logged = loggedModel(trained.run().info().runId());

    assertThat(logged.status()).isEqualTo(LoggedModel.Status.READY);
    assertThat(trained.folder().mlmodel().modelId()).contains(logged.modelId());
    assertThat(trained.folder().mlmodel().runId()).contains(trained.run().info().runId());
    assertThat(path(logged.artifactUri()).resolve("MLmodel"))
        .hasSameTextualContentAs(file("models/model/MLmodel"));
    try (var scorer = ModelFolder.open(path(logged.artifactUri())).scorer()) {
      assertThat(scorer.probabilities(new double[] {5.1, 3.5, 1.4, 0.2})[0]).isGreaterThan(0.95);
    }
  }

  @Test
  void metadataSaysWhichRunMadeTheModel() throws IOException {
    var run = train(RANGES).run();

    var metadata = new ObjectMapper().readTree(file("models/metadata.json").toFile());
    assertThat(metadata.path("mlflow_run_id").asText()).isEqualTo(run.info().runId());
    assertThat(metadata.path("mlflow_model_id").asText()).startsWith("m-");
    assertThat(metadata.path("mlflow_experiment_name").asText()).isEqualTo("flowers");
    assertThat(metadata.path("n_estimators").isInt()).isTrue();
    assertThat(metadata.path("n_samples").asInt()).isEqualTo(120);
    assertThat(metadata.path("target_names").toString())
        .isEqualTo("[\"setosa\",\"versicolor\",\"virginica\"]");
  }

  @Test
  void evaluationIsLoggedToTheRunOfTheModel() throws IOException {
    var trained = train(RANGES);
    var evaluation = evaluate(trained.folder());

    var run = runs().getFirst();
    assertThat(run.metrics())
        .extracting(Metric::key)
        .contains("accuracy", "precision_weighted", "f1_score_setosa", "importance_petal_length");
    assertThat(run.inputs()).hasSize(2);
    var matrix = path(run.info().artifactUri()).resolve("confusion_matrix");
    assertThat(matrix.resolve("confusion_matrix.txt")).hasContent(evaluation.matrix().text());
    assertThat(matrix.resolve("confusion_matrix.png")).isNotEmptyFile();
  }

  @Test
  void metricsFileHasTheHeadlineFiguresFlat() throws IOException {
    var evaluation = evaluate(train(RANGES).folder());

    var metrics = new ObjectMapper().readTree(file("models/metrics.json").toFile());
    assertThat(metrics.path("accuracy").asDouble()).isEqualTo(evaluation.accuracy());
    assertThat(metrics.path("precision").asDouble()).isEqualTo(evaluation.precision());
    assertThat(metrics.path("recall").asDouble()).isEqualTo(evaluation.recall());
    assertThat(metrics.path("f1_score").asDouble()).isEqualTo(evaluation.f1());
    assertThat(metrics.at("/confusion_matrix/setosa/setosa").asInt()).isEqualTo(10);
  }

  @Test
  void columnsAndLabelsMayBeCalledAnything() throws IOException {
    var strange =
        Files.readString(Iris.FILE)
            .replace("sepal_length", "sepal length (cm)")
            .replace("sepal_width", "sepal length [cm]")
            .replace("petal_length", "it's")
            .replace("setosa", "<=50K")
            .replace("versicolor", ">=50K")
            .replace("virginica", "\"a,b \"\"q\"\"\"");
    var data = CsvFile.read(Files.writeString(file("strange.csv"), strange));
    DataSplit.write(data, params().data(), file("train.csv"), file("test.csv"));

    evaluate(train(Map.of()).folder());

    assertThat(runs().getFirst().metrics())
        .extracting(Metric::key)
        .hasSize(6 + 3 * 3 + 4)
        .contains("importance_sepal length _cm_", "importance_sepal length _cm__2")
        .contains("importance_it_s", "recall_le_50K", "recall_ge_50K", "recall_a_b _q_");
    var metrics = new ObjectMapper().readTree(file("models/metrics.json").toFile());
    assertThat(metrics.path("feature_importance").fieldNames())
        .toIterable()
        .containsExactly("sepal length (cm)", "sepal length [cm]", "it's", "petal_width");
    assertThat(metrics.path("classes").fieldNames())
        .toIterable()
        .containsExactly("<=50K", ">=50K", "a,b \"q\"");
  }

  @Test
  void rocCurvesGoFromNothingToEverything() throws IOException {
    evaluate(train(RANGES).folder());

    var roc = CsvFile.read(file("models/roc.csv"));
    assertThat(roc.header())
        .containsExactly(
            "false_positive_rate", "macro_average", "setosa", "versicolor", "virginica");
    assertThat(roc.rows().getFirst().fields()).containsOnly("0.0");
    assertThat(roc.rows().getLast().fields()).containsOnly("1.0");
  }

  @Test
  void failedTrainingEndsTheRunAsFailedAndLeavesTheOldModel() throws IOException {
    train(RANGES);
    var before = Files.readAllBytes(file("models/model/MLmodel"));
    Files.writeString(file("train.csv"), "x,species\n1,only\n2,only\n");

    assertThatThrownBy(() -> train(Map.of()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("one label only");
    assertThat(runs()).extracting(run -> run.info().status()).contains(RunStatus.FAILED);
    assertThat(file("models/model/MLmodel")).hasBinaryContent(before);
  }

  @Test
  void rowOutsideTheServedRangeIsNamedBeforeARunStarts() {
    assertThatThrownBy(() -> train(Map.of("petal_length", new Range(0, 1))))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("column 'petal_length'")
        .hasMessageContaining("outside [0.0, 1.0]");
    assertThat(runs()).isEmpty();
  }

  @Test
  void evaluationRefusesOtherFeatures() throws IOException {
    var folder = train(RANGES).folder();
    Files.writeString(file("test.csv"), "length,species\n1,setosa\n");

    assertThatThrownBy(() -> evaluate(folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("[length]");
  }

  private Training.Trained train(Map<String, Range> ranges) throws IOException {
    var job =
        new TrainingJob(
            CsvFile.read(file("train.csv")),
            params(),
            "flowers",
            ranges,
            file("models/model"),
            file("models/metadata.json"));
    var origin = new RunOrigin("ada", "mlops train", Optional.of("0badc0de"));
    try (var tracking = tracking()) {
      return new Training(tracking.store(), tracking.artifacts(), origin, CLOCK).run(job);
    }
  }

  private Evaluation evaluate(ModelFolder folder) throws IOException {
    var job =
        new EvaluationJob(
            CsvFile.read(file("test.csv")),
            params().data(),
            folder,
            file("models/metrics.json"),
            file("models/confusion_matrix.png"),
            Optional.of(file("models/roc.csv")));
    try (var tracking = tracking()) {
      return new ModelEvaluation(tracking.store(), tracking.artifacts(), CLOCK).run(job);
    }
  }

  private LoggedModel loggedModel(String runId) {
    try (var tracking = tracking()) {
      return tracking.store().loggedModels(runId).getFirst();
    }
  }

  private Tracking tracking() {
    return Tracking.open("sqlite:///mlflow.db", directory);
  }

  /// Where the artifacts of a URI are.
  private Path path(String uri) {
    return directory.resolve("mlartifacts").resolve(uri.replaceFirst("^mlflow-artifacts:/", ""));
  }

  private List<Run> runs() {
    try (var tracking = tracking()) {
      return tracking
          .store()
          .experimentByName("flowers")
          .map(found -> tracking.store().runs(found.id(), 10))
          .orElse(List.of());
    }
  }

  private static Params params() {
    return new Params(
        new DataParams("species", 0.2, 42), new Algorithm.RandomForest(20, 10, 1, 42), List.of());
  }

  private Path file(String name) {
    return directory.resolve(name);
  }
}
