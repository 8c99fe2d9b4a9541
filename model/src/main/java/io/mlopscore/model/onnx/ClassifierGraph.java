package io.mlopscore.model.onnx;

import io.mlopscore.model.Link;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A graph that is one classifier operator on an input of floats, and after it only a division by a
/// constant and operators that rearrange the answer.
///
/// @param node the classifier
/// @param link how its scores become probabilities
record ClassifierGraph(OnnxNode node, Link link) {
  private static final Set<String> REARRANGING =
      Set.of("Split", "ZipMap", "Identity", "Cast", "Reshape", "ArgMax", "Gather");

  /// @return empty if the graph is anything else
  static Optional<ClassifierGraph> find(OnnxGraph graph, String operator) {
    var node = graph.nodes().getFirst();
    if (!node.operator().equals(operator)
        || node.outputs().size() != 2
        || graph.inputs().size() != 1
        || !graph.inputs().getFirst().isOfFloats()
        || !node.inputs().equals(List.of(graph.inputs().getFirst().name()))) {
      return Optional.empty();
    }
    var rest = graph.nodes().stream().skip(1).toList();
    return rest.stream().allMatch(next -> rearranges(next) || divides(next, node, graph))
        ? link(node, rest, graph).map(link -> new ClassifierGraph(node, link))
        : Optional.empty();
  }

  private static boolean rearranges(OnnxNode node) {
    return REARRANGING.contains(node.operator());
  }

  private static boolean divides(OnnxNode division, OnnxNode classifier, OnnxGraph graph) {
    return division.operator().equals("Div")
        && division.inputs().size() == 2
        && division.inputs().getFirst().equals(classifier.outputs().get(1))
        && graph.constants().containsKey(division.inputs().get(1));
  }

  private static Optional<Link> link(OnnxNode node, List<OnnxNode> rest, OnnxGraph graph) {
    var divisors =
        rest.stream()
            .filter(next -> next.operator().equals("Div"))
            .flatMap(
                next -> Optional.ofNullable(graph.constants().get(next.inputs().get(1))).stream())
            .toList();
    if (divisors.size() > 1) {
      return Optional.empty();
    }
    return switch (node.attribute("post_transform").text()) {
      case "", "NONE" -> Optional.of(new Link.Mean(divisors.isEmpty() ? 1 : divisors.getFirst()));
      case "SOFTMAX" -> divisors.isEmpty() ? Optional.of(new Link.Softmax()) : Optional.empty();
      default -> Optional.empty();
    };
  }
}
