package io.mlopscore.training.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.training.Algorithm;
import io.mlopscore.training.DataParams;
import io.mlopscore.training.Params;
import io.mlopscore.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What params.yaml may say.
class ParamsFileTest {
  @TempDir Path directory;

  @Test
  void readsTheIrisExample() {
    var params = ParamsFile.read(Path.of("../examples/iris/params.yaml"));

    assertThat(params.data()).isEqualTo(new DataParams("species", 0.2, 42));
    assertThat(params.algorithm()).isEqualTo(new Algorithm.RandomForest(200, 10, 1, 42));
  }

  @Test
  void readsEveryAlgorithm() throws IOException {
    assertThat(algorithm("algorithm: gradient_boosted_trees, learning_rate: 0.3"))
        .isEqualTo(new Algorithm.GradientBoostedTrees(100, 3, 0.3, 42));
    assertThat(algorithm("algorithm: logistic_regression, max_iter: 7"))
        .isEqualTo(new Algorithm.LogisticRegression(7, 0.5, 42));
    assertThat(algorithm("")).isEqualTo(new Algorithm.RandomForest(100, 10, 1, 42));
  }

  @Test
  void otherSectionsBelongToOthers() throws IOException {
    assertThat(read("data: {target: y}\nfeaturize: {any: 1}\n").data().target()).isEqualTo("y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          test_size: 0       | data.test_size = 0: must be a number above 0.0 and below 1.0
          test_size: 1       | data.test_size = 1: must be a number above 0.0 and below 1.0
          test_size: 1.0     | data.test_size = 1.0: must be
          test_size: .nan    | data.test_size = NaN: must be
          test_size: half    | data.test_size = half: must be a number
          random_state: -1   | data.random_state = -1: must be a whole number from 0
          random_state: true | data.random_state = true: must be a whole number
          testsize: 0.2      | data.testsize is not known; allowed here are target, test_size
          target: 7          | data.target = 7: must be a text
          """)
  void refusesInData(String setting, String message) {
    var target = setting.startsWith("target") ? "" : "target: y, ";
    assertThatThrownBy(() -> read("data: {" + target + setting + "}\n"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("params.yaml: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          n_estimators: 0      | train.n_estimators = 0: must be a whole number from 1 to 10000
          n_estimators: 1.5    | train.n_estimators = 1.5: must be a whole number
          n_estimators: "200"  | train.n_estimators = 200: must be a whole number
          max_depth: -1        | train.max_depth = -1: must be a whole number from 1 to 64
          max_dept: 3          | train.max_dept is not known; allowed here are algorithm
          algorithm: magic     | train.algorithm = magic: must be one of random_forest
          learning-rate: 0.1   | train.learning-rate is not known
          """)
  void refusesInTrain(String setting, String message) {
    assertThatThrownBy(() -> algorithm(setting))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("params.yaml: " + message);
  }

  /// The comment in a new params.yaml offers the others; changing that one word must do.
  @Test
  void settingsOfOtherAlgorithmsAreIgnoredAndTold() throws IOException {
    var forest = "n_estimators: 200, max_depth: 10, random_state: 42, learning_rate: 0.1";
    var params = read("data: {target: y}\ntrain: {algorithm: logistic_regression, " + forest + "}");

    assertThat(params.algorithm()).isEqualTo(new Algorithm.LogisticRegression(100, 0.1, 42));
    assertThat(params.ignored()).containsExactly("n_estimators", "max_depth");
    assertThat(read("data: {target: y}\n").ignored()).isEmpty();
  }

  @Test
  void refusesALearningRateOfZero() {
    assertThatThrownBy(() -> algorithm("algorithm: gradient_boosted_trees, learning_rate: 0"))
        .hasMessageContaining(
            "train.learning_rate = 0: must be a number above 0.0 and at most 1.0");
  }

  @Test
  void missingTargetIsNamed() {
    assertThatThrownBy(() -> read("train: {}\n")).hasMessageContaining("data.target is missing");
  }

  @Test
  void brokenYamlAndMissingFileAreNamed() {
    assertThatThrownBy(() -> read("data: [")).hasMessageContaining("not valid YAML");
    assertThatThrownBy(() -> ParamsFile.read(directory.resolve("none.yaml")))
        .hasMessageContaining("none.yaml: no such file");
  }

  private Algorithm algorithm(String settings) throws IOException {
    return read("data: {target: y}\ntrain: {" + settings + "}\n").algorithm();
  }

  private Params read(String text) throws IOException {
    return ParamsFile.read(Files.writeString(directory.resolve("params.yaml"), text));
  }
}
