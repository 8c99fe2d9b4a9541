package io.mlopscore.model.onnx;

import io.mlopscore.model.ModelException;
import io.mlopscore.model.Scorer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// The labels of a classifier as its graph has them, in the order of the probabilities. What stands
/// beside the graph may name them in another order, but cannot change what they mean.
final class ClassLabels {
  /// Operators whose first input has the same order of classes as what they give.
  private static final Set<String> KEEPING_ORDER =
      Set.of("Cast", "Identity", "Reshape", "Squeeze", "Normalizer", "Div", "Slice", "Split");

  private final OnnxGraph graph;

  private ClassLabels(OnnxGraph graph) {
    this.graph = graph;
  }

  /// @return empty if the graph does not say
  static List<String> of(OnnxGraph graph) {
    var finder = new ClassLabels(graph);
    return graph.outputs().stream()
        .map(finder::behind)
        .filter(labels -> !labels.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /// Goes from an output back to the classifier, to the list of labels from which an answer is
  /// picked, or to what is neither.
  private List<String> behind(String output) {
    var value = output;
    for (var node : graph.nodes().reversed()) { // a graph lists an operator after its inputs
      if (!node.outputs().contains(value) || node.inputs().isEmpty()) {
        continue;
      }
      if (!node.classes().isEmpty()) {
        return node.classes();
      }
      value = node.inputs().getFirst();
      if (picks(node)) {
        return graph.labels().getOrDefault(value, List.of());
      }
      if (!KEEPING_ORDER.contains(node.operator())) {
        return List.of();
      }
    }
    return List.of();
  }

  private static boolean picks(OnnxNode node) {
    return node.operator().equals("ArrayFeatureExtractor") || node.operator().equals("Gather");
  }

  /// Where each wanted class is among the labels of a graph. Numbers from 0 on are the positions of
  /// names that were numbered for training.
  ///
  /// @throws ModelException if the two are not the same classes
  static int[] positions(List<String> labels, List<String> wanted) {
    if (new HashSet<>(labels).equals(new HashSet<>(wanted)) && labels.size() == wanted.size()) {
      return wanted.stream().mapToInt(labels::indexOf).toArray();
    }
    var numbers = IntStream.range(0, wanted.size()).mapToObj(String::valueOf).toList();
    if (labels.equals(numbers)) {
      return IntStream.range(0, wanted.size()).toArray();
    }
    throw new ModelException(
        "the classes of the ONNX graph are %s, but those of `metadata.classes` are %s; correct them or leave them out"
            .formatted(labels, wanted));
  }

  /// A scorer whose probabilities are put in another order.
  ///
  /// @param positions where each of the classes is in the answers of the scorer
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record Ordered(Scorer scorer, List<String> classes, int[] positions) implements Scorer {
    @Override
    public double[] probabilities(double[] row) {
      var given = scorer.probabilities(row);
      var ordered = new double[positions.length];
      for (var c = 0; c < ordered.length; c++) {
        ordered[c] = given[positions[c]];
      }
      return ordered;
    }

    @Override
    public void close() {
      scorer.close();
    }
  }
}
