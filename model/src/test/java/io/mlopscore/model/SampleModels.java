package io.mlopscore.model;

import io.mlopscore.model.onnx.OnnxExport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Small model folders for tests, here and in other modules.
public final class SampleModels {
  public static final String RUN_ID = "0123456789abcdef0123456789abcdef";
  public static final String MODEL_ID = "m-fedcba9876543210fedcba9876543210";
  public static final List<String> FEATURES =
      List.of("sepal_length", "sepal_width", "petal_length", "petal_width");
  public static final List<String> CLASSES = List.of("setosa", "versicolor", "virginica");

  private SampleModels() {}

  /// Writes a forest of four trees that knows the iris flowers well: setosa below a petal length
  /// of 2.45, virginica mostly above a petal width of 1.75.
  public static ModelFolder iris(Path directory) {
    return write(directory, irisForest());
  }

  /// Writes an ensemble with the iris columns as a model folder.
  public static ModelFolder write(Path directory, TreeEnsemble ensemble) {
    try {
      return draft(OnnxExport.of(ensemble)).write(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The iris columns and ranges around any ONNX graph.
  public static ModelDraft draft(byte[] onnx) {
    var example = new LinkedHashMap<String, Object>();
    example.put("sepal_length", 5.1);
    example.put("sepal_width", 3.5);
    example.put("petal_length", 1.4);
    example.put("petal_width", 0.2);
    return new ModelDraft(
        new Signature(
            FEATURES.stream().map(name -> new Column(name, ColumnType.DOUBLE, true)).toList(),
            List.of(new Column(OnnxExport.PREDICTION, ColumnType.STRING, true))),
        new ModelDescription(
            "RandomForestClassifier",
            CLASSES,
            Map.of(
                "sepal_length", new Range(0, 20),
                "sepal_width", new Range(0, 20),
                "petal_length", new Range(0, 20),
                "petal_width", new Range(0, 20)),
            120,
            Map.of("n_estimators", "4", "max_depth", "2", "random_state", "42")),
        example,
        Map.of(new Flavor.Onnx("model.onnx"), onnx),
        Optional.of(RUN_ID),
        Optional.of(MODEL_ID),
        Instant.parse("2026-11-01T08:00:00Z"));
  }

  static TreeEnsemble irisForest() {
    var trees =
        List.of(
            tree(2, 2.45f, 3, 1.75f, 0.907f, 0.022f),
            tree(3, 0.8f, 2, 4.75f, 0.98f, 0.1f),
            tree(2, 2.6f, 2, 4.95f, 0.95f, 0.05f),
            tree(3, 0.75f, 3, 1.65f, 0.92f, 0.04f));
    return new TreeEnsemble(4, CLASSES, trees, new Link.Mean(trees.size()));
  }

  /// Setosa up to the first threshold; then mostly versicolor up to the second one, and mostly
  /// virginica above.
  private static TreeNode tree(
      int first, float atFirst, int second, float atSecond, float below, float above) {
    return new TreeNode.Split(
        first,
        atFirst,
        leaf(1, 0, 0),
        new TreeNode.Split(second, atSecond, leaf(0, below, 1 - below), leaf(0, above, 1 - above)));
  }

  static TreeNode leaf(float... weights) {
    return new TreeNode.Leaf(IntStream.range(0, weights.length).mapToObj(i -> weights[i]).toList());
  }
}
