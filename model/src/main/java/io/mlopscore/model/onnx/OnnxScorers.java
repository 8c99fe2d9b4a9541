package io.mlopscore.model.onnx;

import io.mlopscore.model.LinearModel;
import io.mlopscore.model.ModelException;
import io.mlopscore.model.Scorer;
import io.mlopscore.model.TreeEnsemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Loads an ONNX classifier the fastest way that fits its graph.
public final class OnnxScorers {
  private OnnxScorers() {}

  /// @param features the number of columns of a row
  /// @param classes the labels, in the order wanted for the probabilities
  /// @throws ModelException if the file is not an ONNX classifier of these classes
  public static Scorer load(Path file, int features, List<String> classes) {
    try {
      var bytes = Files.readAllBytes(file);
      var graph = OnnxGraph.read(bytes);
      return TreeGraph.read(graph, features)
          .map(TreeEnsemble::scorer)
          .or(() -> LinearGraph.read(graph).map(LinearModel::scorer))
          .filter(scorer -> scorer.classes().equals(classes))
          .orElseGet(() -> RuntimeScorer.load(bytes, classes));
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new ModelException(file + ": not a readable ONNX model: " + e.getMessage(), e);
    }
  }

  /// Loads any ONNX classifier with ONNX Runtime, also where plain arrays would do.
  ///
  /// @param classes the labels, in the order wanted for the probabilities
  /// @throws ModelException if ONNX Runtime refuses the file
  public static Scorer loadWithRuntime(Path file, List<String> classes) {
    try {
      return RuntimeScorer.load(Files.readAllBytes(file), classes);
    } catch (IOException e) {
      throw new ModelException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
