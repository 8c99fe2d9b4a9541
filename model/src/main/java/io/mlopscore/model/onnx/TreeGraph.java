package io.mlopscore.model.onnx;

import io.mlopscore.model.TreeEnsemble;
import io.mlopscore.model.TreeNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a `TreeEnsembleClassifier` back into trees
/// (https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleClassifier.html).
final class TreeGraph {
  private static final String OPERATOR = "TreeEnsembleClassifier";

  /// ONNX numbers nodes per tree.
  private record NodeId(long tree, long node) {}

  private final OnnxNode ensemble;
  private final int classes;
  private final Map<NodeId, Integer> positions = new HashMap<>();
  private final Map<NodeId, FloatValues> weights = new HashMap<>();

  private TreeGraph(OnnxNode ensemble) {
    this.ensemble = ensemble;
    this.classes = ensemble.classes().size();
    place();
    weigh();
  }

  private void place() {
    var trees = ints("nodes_treeids");
    var nodes = ints("nodes_nodeids");
    for (var i = 0; i < nodes.size(); i++) {
      positions.put(new NodeId(trees.get(i), nodes.get(i)), i);
    }
  }

  private void weigh() {
    var trees = ints("class_treeids");
    var nodes = ints("class_nodeids");
    var ids = ints("class_ids");
    var values = floats("class_weights");
    for (var i = 0; i < ids.size(); i++) {
      weights
          .computeIfAbsent(new NodeId(trees.get(i), nodes.get(i)), _ -> new FloatValues(classes))
          .set(Math.toIntExact(ids.get(i)), values.get(i));
    }
  }

  /// @param features the number of features in a row
  /// @return empty if the graph is not a tree ensemble of the plain form that most exporters write
  static Optional<TreeEnsemble> read(OnnxGraph graph, int features) {
    return ClassifierGraph.find(graph, OPERATOR)
        .filter(found -> isPlain(found.node()))
        .map(found -> new TreeGraph(found.node()).ensemble(found, features));
  }

  /// Whether every split is "at most", NaN goes above, and every class has weights of its own.
  /// Two classes with base values are left to ONNX Runtime, which has a rule of its own for them.
  private static boolean isPlain(OnnxNode node) {
    var modes = new HashSet<>(node.attribute("nodes_modes").strings());
    var baseValues = node.attribute("base_values").floats().size();
    return Set.of("BRANCH_LEQ", "LEAF").containsAll(modes)
        && !node.has("nodes_values_as_tensor")
        && node.attribute("nodes_missing_value_tracks_true").ints().stream().allMatch(i -> i == 0)
        && (node.classes().size() > 2
            ? baseValues == 0 || baseValues == node.classes().size()
            : baseValues == 0 && new HashSet<>(node.attribute("class_ids").ints()).size() == 2);
  }

  private TreeEnsemble ensemble(ClassifierGraph graph, int features) {
    return new TreeEnsemble(features, ensemble.classes(), trees(), graph.link());
  }

  private List<TreeNode> trees() {
    var trees = new ArrayList<TreeNode>();
    if (!floats("base_values").isEmpty()) {
      trees.add(new TreeNode.Leaf(floats("base_values")));
    }
    for (var tree : new LinkedHashSet<>(ints("nodes_treeids"))) {
      trees.add(node(new NodeId(tree, 0)));
    }
    return trees;
  }

  private TreeNode node(NodeId id) {
    var position = positions.get(id);
    if (position == null) {
      throw new IllegalArgumentException("tree " + id.tree() + " lacks node " + id.node());
    }
    if (ensemble.attribute("nodes_modes").strings().get(position).equals("LEAF")) {
      return new TreeNode.Leaf(weights.getOrDefault(id, new FloatValues(classes)));
    }
    return new TreeNode.Split(
        Math.toIntExact(ints("nodes_featureids").get(position)),
        floats("nodes_values").get(position),
        node(new NodeId(id.tree(), ints("nodes_truenodeids").get(position))),
        node(new NodeId(id.tree(), ints("nodes_falsenodeids").get(position))));
  }

  private List<Long> ints(String attribute) {
    return ensemble.attribute(attribute).ints();
  }

  private List<Float> floats(String attribute) {
    return ensemble.attribute(attribute).floats();
  }
}
