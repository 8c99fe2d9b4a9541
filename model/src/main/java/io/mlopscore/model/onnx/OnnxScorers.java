package io.mlopscore.model.onnx;

import io.mlopscore.model.Column;
import io.mlopscore.model.LinearModel;
import io.mlopscore.model.ModelException;
import io.mlopscore.model.Scorer;
import io.mlopscore.model.TreeEnsemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Loads an ONNX classifier the fastest way that fits its graph.
public final class OnnxScorers {
  private OnnxScorers() {}

  /// @param columns the columns of a row
  /// @param classes the labels, in the order wanted for the probabilities; empty to take those of
  ///     the graph
  /// @throws ModelException if the file is not an ONNX classifier of these classes
  public static Scorer load(Path file, List<Column> columns, List<String> classes) {
    var graph = graph(file);
    return ordered(
        file,
        graph,
        classes,
        labels ->
            own(file, graph, columns.size())
                .orElseGet(() -> RuntimeScorer.load(file, columns, labels)));
  }

  /// Loads any ONNX classifier with ONNX Runtime, also where plain arrays would do.
  ///
  /// @param columns the columns of a row
  /// @param classes the labels, in the order wanted for the probabilities; empty to take those of
  ///     the graph
  /// @throws ModelException if ONNX Runtime refuses the file
  public static Scorer loadWithRuntime(Path file, List<Column> columns, List<String> classes) {
    return ordered(file, graph(file), classes, labels -> RuntimeScorer.load(file, columns, labels));
  }

  private static OnnxGraph graph(Path file) {
    try {
      return OnnxGraph.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ModelException(file + ": cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw unreadable(file, e);
    }
  }

  private static Optional<Scorer> own(Path file, OnnxGraph graph, int features) {
    try {
      return TreeGraph.read(graph, features)
          .map(TreeEnsemble::scorer)
          .or(() -> LinearGraph.read(graph).map(LinearModel::scorer));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw unreadable(file, e);
    }
  }

  private static ModelException unreadable(Path file, RuntimeException cause) {
    return new ModelException(file + ": not a readable ONNX model: " + cause.getMessage(), cause);
  }

  /// @param loader loads a scorer for labels in the order of the graph
  private static Scorer ordered(
      Path file, OnnxGraph graph, List<String> classes, Function<List<String>, Scorer> loader) {
    var found = ClassLabels.of(graph);
    var labels = found.isEmpty() ? classes : found;
    if (labels.isEmpty()) {
      throw new ModelException(
          file
              + ": the graph does not say its classes; log the model with them:"
              + " mlflow.onnx.log_model(..., metadata={\"classes\": [...]})");
    }
    var wanted = classes.isEmpty() ? labels : classes;
    var positions = ClassLabels.positions(labels, wanted);
    var scorer = loader.apply(labels);
    return scorer.classes().equals(wanted)
        ? scorer
        : new ClassLabels.Ordered(scorer, wanted, positions);
  }
}
