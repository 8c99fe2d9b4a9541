package io.mlopscore.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlopscore.model.Scorer;
import io.mlopscore.model.onnx.OnnxScorers;
import io.mlopscore.model.tribuo.TribuoScorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every algorithm learns the iris flowers, the same way each time, and means the same in every
/// flavor.
class TrainedModelTest {
  @TempDir Path directory;

  static Stream<Algorithm> algorithms() {
    return Stream.of(
        new Algorithm.RandomForest(200, 10, 1, 42),
        new Algorithm.RandomForest(50, 2, 5, 7),
        new Algorithm.GradientBoostedTrees(40, 3, 0.1, 42),
        new Algorithm.LogisticRegression(50, 0.5, 42));
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void predictsFlowersItHasNotSeen(Algorithm algorithm) throws IOException {
    var iris = Iris.table();
    var split = StratifiedSplit.of(iris.labels(), 0.2, 42);
    var learned = TrainedModel.learn(algorithm, Iris.rows(iris, split.train()));

    try (var scorer = onnx(learned)) {
      assertThat(Evaluation.of(scorer, Iris.rows(iris, split.test())).accuracy())
          .isGreaterThanOrEqualTo(0.9);
    }
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void givesTheSameBytesAgain(Algorithm algorithm) {
    var first = TrainedModel.learn(algorithm, Iris.table());
    var second = TrainedModel.learn(algorithm, Iris.table());

    assertThat(second.files().keySet()).isEqualTo(first.files().keySet());
    first
        .files()
        .forEach((flavor, bytes) -> assertThat(second.files().get(flavor)).isEqualTo(bytes));
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void plainArraysAndOnnxRuntimeAgree(Algorithm algorithm) throws IOException {
    var learned = TrainedModel.learn(algorithm, Iris.table());
    var file = Files.write(directory.resolve("m.onnx"), onnxBytes(learned));

    try (var ours = OnnxScorers.load(file, Iris.signature().inputs(), learned.classes());
        var runtime =
            OnnxScorers.loadWithRuntime(file, Iris.signature().inputs(), learned.classes())) {
      assertAgreement(ours, runtime, 5000, tolerance(algorithm));
    }
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void oneFeatureIsEnough(Algorithm algorithm) throws IOException {
    var iris = Iris.table();
    var rows = IntStream.range(0, iris.size()).mapToObj(row -> new double[] {iris.row(row)[3]});
    var table = new Table("species", List.of("petal_width"), rows.toList(), iris.labels());
    var learned = TrainedModel.learn(algorithm, table);
    var file = Files.write(directory.resolve("m.onnx"), onnxBytes(learned));

    var columns = List.of(Iris.signature().inputs().getLast());
    try (var scorer = OnnxScorers.load(file, columns, learned.classes())) {
      assertThat(Evaluation.of(scorer, table).accuracy()).isGreaterThanOrEqualTo(0.9);
    }
  }

  @Test
  void tribuoAndOnnxAgree() throws IOException {
    var learned = TrainedModel.learn(new Algorithm.RandomForest(200, 10, 1, 42), Iris.table());

    try (var onnx = onnx(learned);
        var tribuo = tribuo(learned)) {
      assertAgreement(onnx, tribuo, 10_000, 1e-6);
    }
  }

  @Test
  void tribuoAndOnnxAgreeWhereLeavesAreMixed() throws IOException {
    var learned = TrainedModel.learn(new Algorithm.RandomForest(150, 2, 8, 3), Iris.table());

    try (var onnx = onnx(learned);
        var tribuo = tribuo(learned)) {
      assertAgreement(onnx, tribuo, 10_000, 1e-6);
    }
  }

  @Test
  void anotherSeedGivesAnotherForest() {
    var first = TrainedModel.learn(new Algorithm.RandomForest(20, 10, 1, 1), Iris.table());
    var second = TrainedModel.learn(new Algorithm.RandomForest(20, 10, 1, 2), Iris.table());

    assertThat(onnxBytes(first)).isNotEqualTo(onnxBytes(second));
  }

  @Test
  void oneLabelIsNotEnough() {
    var table = new Table("y", List.of("x"), List.of(new double[] {1}), List.of("a"));

    assertThatThrownBy(() -> TrainedModel.learn(new Algorithm.RandomForest(1, 1, 1, 1), table))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("one label only");
  }

  /// Trees add in the same order everywhere; products of 32-bit floats are summed in any order.
  private static double tolerance(Algorithm algorithm) {
    return switch (algorithm) {
      case Algorithm.RandomForest _ -> 0;
      case Algorithm.GradientBoostedTrees _ -> 1e-6;
      case Algorithm.LogisticRegression _ -> 1e-5;
    };
  }

  /// Rows all over the range, and rows at the very thresholds, where flavors could differ.
  private static void assertAgreement(Scorer one, Scorer other, int rows, double tolerance) {
    var random = new Random(11);
    for (var i = 0; i < rows; i++) {
      var row = i % 2 == 0 ? anywhere(random) : nearFlowers(random);
      var expected = other.probabilities(row);
      var actual = one.probabilities(row);
      for (var c = 0; c < expected.length; c++) {
        assertThat(actual[c]).isCloseTo(expected[c], within(tolerance));
      }
      var best = Evaluation.best(expected);
      assertThat(actual[Evaluation.best(actual)] - actual[best]).isLessThanOrEqualTo(tolerance);
    }
  }

  private static double[] anywhere(Random random) {
    return random.doubles(4, 0, 8).toArray();
  }

  /// Halfway between measured values, as thresholds are.
  private static double[] nearFlowers(Random random) {
    return random.ints(4, 0, 160).mapToDouble(step -> step * 0.05).toArray();
  }

  private Scorer onnx(TrainedModel learned) throws IOException {
    var file = Files.write(directory.resolve("model.onnx"), onnxBytes(learned));
    return OnnxScorers.load(file, Iris.signature().inputs(), learned.classes());
  }

  private Scorer tribuo(TrainedModel learned) throws IOException {
    var bytes = learned.files().getOrDefault(TrainedModel.TRIBUO, new byte[0]);
    var file = Files.write(directory.resolve("model.tribuo"), bytes);
    return TribuoScorer.load(file, Iris.signature(), learned.classes());
  }

  private static byte[] onnxBytes(TrainedModel learned) {
    return learned.files().getOrDefault(TrainedModel.ONNX, new byte[0]);
  }
}
