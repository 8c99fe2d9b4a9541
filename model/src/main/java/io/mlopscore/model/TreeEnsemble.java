package io.mlopscore.model;

import java.util.List;

/// A forest or boosted trees for classification: what ONNX calls `TreeEnsembleClassifier`
/// (https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleClassifier.html).
///
/// Rows, thresholds and sums are 32-bit floats, added in the order of the trees, so that this
/// gives bit for bit what ONNX Runtime gives with one thread.
///
/// @param features the number of features in a row
/// @param classes the labels, in the order of the weights
/// @param trees the trees, in the order of summation; a constant start is a tree of one leaf
/// @param link how sums become probabilities
public record TreeEnsemble(int features, List<String> classes, List<TreeNode> trees, Link link) {
  public TreeEnsemble {
    classes = List.copyOf(classes);
    trees = List.copyOf(trees);
    if (classes.size() < 2) {
      throw new ModelException("a classifier needs at least 2 classes, but has " + classes);
    }
    if (trees.isEmpty()) {
      throw new ModelException("a tree ensemble needs at least 1 tree");
    }
  }

  /// Loads it for scoring.
  public Scorer scorer() {
    return new TreeScorer(this);
  }
}
