package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.model.ModelFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `mlops data split`, `train` and `evaluate` as processes of their own, in the iris example.
class ModelWorkTest {
  private static final Path EXAMPLE = Path.of("../examples/iris");

  @TempDir Path project;

  private record Outcome(int exitCode, String output, String error) {}

  @BeforeEach
  void copyExample() throws IOException {
    for (var name : List.of("data/iris.csv", "params.yaml", "mlops.yaml")) {
      Files.createDirectories(project.resolve(name).resolveSibling("."));
      Files.copy(EXAMPLE.resolve(name), project.resolve(name));
    }
  }

  @Test
  void stagesOfTheIrisExampleFollowOneAnother() throws Exception {
    assertThat(mlops("data", "split", "data/iris.csv").output())
        .isEqualToNormalizingNewlines(
            "data/processed/train.csv: 120 rows\ndata/processed/test.csv: 30 rows\n");
    assertThat(mlops("train").output()).contains("RandomForestClassifier").contains("120 rows");
    assertThat(mlops("evaluate").output()).contains("accuracy").contains("(30 rows)");

    assertThat(project.resolve("models/metrics.json")).isNotEmptyFile();
    assertThat(project.resolve("models/confusion_matrix.png")).isNotEmptyFile();
    assertThat(project.resolve("mlflow.db")).isNotEmptyFile();
    try (var scorer = ModelFolder.open(project.resolve("models/model")).scorer()) {
      assertThat(scorer.probabilities(new double[] {5.1, 3.5, 1.4, 0.2})[0]).isGreaterThan(0.95);
    }
  }

  @Test
  void wrongParamsAreToldBeforeAnythingRuns() throws Exception {
    Files.writeString(
        project.resolve("params.yaml"), "data: {target: species}\ntrain: {n_estimators: 0}\n");

    var outcome = mlops("train");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.error())
        .contains("params.yaml: train.n_estimators = 0: must be a whole number from 1 to 10000");
    assertThat(project.resolve("mlflow.db")).doesNotExist();
  }

  private Outcome mlops(String... arguments) throws IOException, InterruptedException {
    var builder = MlopsProcess.of(project, arguments);
    var errors = project.resolve("errors.txt");
    var process = builder.redirectError(errors.toFile()).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output, Files.readString(errors));
  }
}
