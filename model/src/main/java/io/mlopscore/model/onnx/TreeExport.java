package io.mlopscore.model.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.mlopscore.model.TreeEnsemble;
import io.mlopscore.model.TreeNode;
import java.util.ArrayList;
import java.util.List;

/// Lays trees out as the parallel lists of a `TreeEnsembleClassifier`
/// (https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleClassifier.html).
final class TreeExport {
  private final List<Long> trees = new ArrayList<>();
  private final List<Long> ids = new ArrayList<>();
  private final List<Long> features = new ArrayList<>();
  private final List<Float> thresholds = new ArrayList<>();
  private final List<String> modes = new ArrayList<>();
  private final List<Long> whenTrue = new ArrayList<>();
  private final List<Long> whenFalse = new ArrayList<>();
  private final List<Long> classTrees = new ArrayList<>();
  private final List<Long> classNodes = new ArrayList<>();
  private final List<Long> classIds = new ArrayList<>();
  private final List<Float> classWeights = new ArrayList<>();

  private TreeExport() {}

  static NodeProto node(TreeEnsemble ensemble, String postTransform, String scores) {
    var lists = new TreeExport();
    for (var tree = 0; tree < ensemble.trees().size(); tree++) {
      lists.add(ensemble.trees().get(tree), tree, 0);
    }
    return OnnxExport.classifier("TreeEnsembleClassifier", ensemble.classes(), scores)
        .addAttribute(Attributes.text("post_transform", postTransform))
        .addAttribute(Attributes.ints("nodes_treeids", lists.trees))
        .addAttribute(Attributes.ints("nodes_nodeids", lists.ids))
        .addAttribute(Attributes.ints("nodes_featureids", lists.features))
        .addAttribute(Attributes.floats("nodes_values", lists.thresholds))
        .addAttribute(Attributes.strings("nodes_modes", lists.modes))
        .addAttribute(Attributes.ints("nodes_truenodeids", lists.whenTrue))
        .addAttribute(Attributes.ints("nodes_falsenodeids", lists.whenFalse))
        .addAttribute(Attributes.ints("class_treeids", lists.classTrees))
        .addAttribute(Attributes.ints("class_nodeids", lists.classNodes))
        .addAttribute(Attributes.ints("class_ids", lists.classIds))
        .addAttribute(Attributes.floats("class_weights", lists.classWeights))
        .build();
  }

  /// Adds a subtree in preorder.
  ///
  /// @param id the number of its first node
  /// @return the number after its last node
  private long add(TreeNode node, long tree, long id) {
    return switch (node) {
      case TreeNode.Split split -> {
        var row = ids.size();
        addNode(tree, id, "BRANCH_LEQ", split.feature(), split.threshold());
        var above = add(split.atMost(), tree, id + 1);
        whenTrue.set(row, id + 1);
        whenFalse.set(row, above);
        yield add(split.above(), tree, above);
      }
      case TreeNode.Leaf(var weights) -> {
        addNode(tree, id, "LEAF", 0, 0);
        addWeights(tree, id, weights);
        yield id + 1;
      }
    };
  }

  private void addNode(long tree, long id, String mode, long feature, float threshold) {
    trees.add(tree);
    ids.add(id);
    modes.add(mode);
    features.add(feature);
    thresholds.add(threshold);
    whenTrue.add(0L);
    whenFalse.add(0L);
  }

  /// Zeros add nothing and are left out, except that a leaf must have one weight, and that ONNX
  /// Runtime takes the second of two classes for what the first one leaves if it has no weight.
  private void addWeights(long tree, long id, List<Float> weights) {
    var none = weights.stream().allMatch(weight -> weight == 0);
    for (var c = 0; c < weights.size(); c++) {
      if (weights.get(c) != 0 || weights.size() == 2 || (none && c == 0)) {
        classTrees.add(tree);
        classNodes.add(id);
        classIds.add((long) c);
        classWeights.add(weights.get(c));
      }
    }
  }
}
