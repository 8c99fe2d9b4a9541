package io.mlopscore.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlopscore.model.Column;
import io.mlopscore.model.ColumnType;
import io.mlopscore.model.LinearModel;
import io.mlopscore.model.Link;
import io.mlopscore.model.ModelException;
import io.mlopscore.model.Scorer;
import io.mlopscore.model.TreeEnsemble;
import io.mlopscore.model.TreeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our own scorers agree with ONNX Runtime on the graphs that we write.
class OnnxScorersTest {
  private static final int FEATURES = 3;

  @TempDir Path directory;
  private final Random random = new Random(7);

  @Test
  void averagedTreesAreBitForBitThoseOfOnnxRuntime() throws IOException {
    var model = OnnxExport.of(ensemble(List.of("a", "b", "c"), new Link.Mean(150), 150));

    assertAgreement(model, List.of("a", "b", "c"), 0);
  }

  @Test
  void twoClassesAreNoSpecialCase() throws IOException {
    var model = OnnxExport.of(ensemble(List.of("no", "yes"), new Link.Mean(20), 20));

    assertAgreement(model, List.of("no", "yes"), 0);
  }

  @Test
  void pureLeavesOfTwoClassesAgree() throws IOException {
    var tree = new TreeNode.Split(0, 0f, leaf(1, 0), leaf(0, 1));
    var ensemble =
        new TreeEnsemble(FEATURES, List.of("a", "b"), List.of(tree, tree), new Link.Mean(2));

    assertAgreement(OnnxExport.of(ensemble), List.of("a", "b"), 0);
  }

  @Test
  void boostedTreesAgree() throws IOException {
    var model = OnnxExport.of(ensemble(List.of("a", "b", "c"), new Link.Softmax(), 60));

    assertAgreement(model, List.of("a", "b", "c"), 1e-6);
  }

  @Test
  void boostedTreesOfTwoClassesAgree() throws IOException {
    var model = OnnxExport.of(ensemble(List.of("a", "b"), new Link.Softmax(), 60));

    assertAgreement(model, List.of("a", "b"), 1e-6);
  }

  @Test
  void linearModelsAgree() throws IOException {
    for (var classes : List.of(List.of("a", "b"), List.of("a", "b", "c"))) {
      var coefficients = classes.stream().map(_ -> floats(FEATURES)).toList();
      var model = OnnxExport.of(new LinearModel(classes, coefficients, floats(classes.size())));

      assertAgreement(model, classes, 1e-6);
    }
  }

  @Test
  void tiesGiveTheSameProbabilities() throws IOException {
    var trees = List.<TreeNode>of(leaf(0, 1), leaf(1, 0));
    var ensemble = new TreeEnsemble(1, List.of("a", "b"), trees, new Link.Mean(2));
    var file = Files.write(directory.resolve("m.onnx"), OnnxExport.of(ensemble));

    try (var ours = OnnxScorers.load(file, columns(1), List.of("a", "b"));
        var runtime = OnnxScorers.loadWithRuntime(file, columns(1), List.of("a", "b"))) {
      assertThat(ours.probabilities(new double[] {1})).containsExactly(0.5, 0.5);
      assertThat(runtime.probabilities(new double[] {1})).containsExactly(0.5, 0.5);
    }
  }

  @Test
  void notANumberGoesAboveInBoth() throws IOException {
    var model = OnnxExport.of(ensemble(List.of("a", "b", "c"), new Link.Mean(30), 30));
    var file = Files.write(directory.resolve("m.onnx"), model);
    var row = new double[] {Double.NaN, 0.1, Double.POSITIVE_INFINITY};

    try (var ours = OnnxScorers.load(file, columns(FEATURES), List.of("a", "b", "c"));
        var runtime =
            OnnxScorers.loadWithRuntime(file, columns(FEATURES), List.of("a", "b", "c"))) {
      assertThat(ours.probabilities(row)).containsExactly(runtime.probabilities(row));
    }
  }

  @Test
  void otherClassesThanThoseOfTheGraphAreRefused() throws IOException {
    var model = OnnxExport.of(ensemble(List.of("a", "b", "c"), new Link.Mean(3), 3));
    var file = Files.write(directory.resolve("m.onnx"), model);

    assertThatThrownBy(() -> OnnxScorers.load(file, columns(FEATURES), List.of("x", "y")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("[x, y]");
  }

  @Test
  void theOrderOfClassesIsThatWhichIsAskedForAndTheirMeaningThatOfTheGraph() throws IOException {
    var model = OnnxExport.of(ensemble(List.of("a", "b", "c"), new Link.Mean(30), 30));
    var file = Files.write(directory.resolve("m.onnx"), model);
    var row = row();

    try (var graphs = OnnxScorers.load(file, columns(FEATURES), List.of());
        var ours = OnnxScorers.load(file, columns(FEATURES), List.of("c", "a", "b"));
        var runtime = OnnxScorers.loadWithRuntime(file, columns(FEATURES), ours.classes())) {
      var p = graphs.probabilities(row);
      assertThat(graphs.classes()).containsExactly("a", "b", "c");
      assertThat(ours.classes()).containsExactly("c", "a", "b");
      assertThat(ours.probabilities(row)).containsExactly(p[2], p[0], p[1]);
      assertThat(runtime.probabilities(row)).containsExactly(p[2], p[0], p[1]);
    }
  }

  @Test
  void manyVirtualThreadsShareOneRuntimeSession() throws Exception {
    var model = OnnxExport.of(ensemble(List.of("a", "b", "c"), new Link.Mean(30), 30));
    var file = Files.write(directory.resolve("m.onnx"), model);

    try (var runtime =
            OnnxScorers.loadWithRuntime(file, columns(FEATURES), List.of("a", "b", "c"));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var row = row();
      var expected = runtime.probabilities(row);
      Callable<double[]> score = () -> runtime.probabilities(row);
      for (var answer : threads.invokeAll(IntStream.range(0, 200).mapToObj(_ -> score).toList())) {
        assertThat(answer.get()).containsExactly(expected);
      }
    }
  }

  private void assertAgreement(byte[] model, List<String> classes, double tolerance)
      throws IOException {
    var file = Files.write(directory.resolve("m.onnx"), model);
    try (var ours = OnnxScorers.load(file, columns(FEATURES), classes);
        var runtime = OnnxScorers.loadWithRuntime(file, columns(FEATURES), classes)) {
      assertThat(runtime).isInstanceOf(RuntimeScorer.class);
      assertThat(ours).isNotInstanceOf(RuntimeScorer.class);
      for (var i = 0; i < 3000; i++) {
        assertSame(ours, runtime, row(), tolerance);
      }
    }
  }

  private static void assertSame(Scorer ours, Scorer runtime, double[] row, double tolerance) {
    var expected = runtime.probabilities(row);
    var actual = ours.probabilities(row);
    for (var c = 0; c < expected.length; c++) {
      assertThat(actual[c]).isCloseTo(expected[c], within(tolerance));
    }
  }

  private TreeEnsemble ensemble(List<String> classes, Link link, int trees) {
    var nodes = IntStream.range(0, trees).mapToObj(_ -> tree(classes.size(), 6)).toList();
    return new TreeEnsemble(FEATURES, classes, nodes, link);
  }

  private TreeNode tree(int classes, int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return new TreeNode.Leaf(floats(classes));
    }
    return new TreeNode.Split(
        random.nextInt(FEATURES),
        TreeNode.floatAtMost(random.nextGaussian()),
        tree(classes, depth - 1),
        tree(classes, depth - 1));
  }

  private List<Float> floats(int size) {
    return IntStream.range(0, size).mapToObj(_ -> random.nextFloat()).toList();
  }

  private double[] row() {
    return random.doubles(FEATURES, -2, 2).toArray();
  }

  static List<Column> columns(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Column("x" + i, ColumnType.DOUBLE, true))
        .toList();
  }

  private static TreeNode leaf(float... weights) {
    return new TreeNode.Leaf(IntStream.range(0, weights.length).mapToObj(i -> weights[i]).toList());
  }
}
