package io.mlopscore.model.onnx;

import io.mlopscore.model.LinearModel;
import io.mlopscore.model.Link;
import java.util.Optional;
import java.util.stream.IntStream;

/// Reads a `LinearClassifier` with `SOFTMAX` back into its coefficients.
final class LinearGraph {
  private static final String OPERATOR = "LinearClassifier";

  private LinearGraph() {}

  /// @return empty if the graph is anything else
  static Optional<LinearModel> read(OnnxGraph graph) {
    return ClassifierGraph.find(graph, OPERATOR)
        .filter(found -> found.link() instanceof Link.Softmax)
        .map(ClassifierGraph::node)
        .filter(LinearGraph::hasRowPerClass)
        .map(LinearGraph::model);
  }

  private static boolean hasRowPerClass(OnnxNode node) {
    return node.classes().size() >= 2
        && node.attribute("intercepts").floats().size() == node.classes().size();
  }

  private static LinearModel model(OnnxNode node) {
    var all = node.attribute("coefficients").floats();
    var features = all.size() / node.classes().size();
    var rows =
        IntStream.range(0, node.classes().size())
            .mapToObj(c -> all.subList(c * features, (c + 1) * features))
            .toList();
    return new LinearModel(node.classes(), rows, node.attribute("intercepts").floats());
  }
}
