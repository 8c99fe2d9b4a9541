package io.mlopscore.model.tribuo;

import io.mlopscore.model.Link;
import io.mlopscore.model.TreeEnsemble;
import io.mlopscore.model.TreeNode;
import java.util.ArrayList;
import java.util.List;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.classification.Label;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.ensemble.WeightedEnsembleModel;

/// Takes the trees out of a Tribuo random forest.
///
/// The forest answers with the average of the class shares in the leaves, as scikit-learn does,
/// not with the share of votes: finer, and smoother from row to row. Leaves keep shares; the one
/// division by the number of trees comes last, which makes the sums of pure leaves exact.
public final class TribuoTrees {
  private final List<String> columns;
  private final List<String> classes;

  private TribuoTrees(List<String> columns, List<String> classes) {
    this.columns = columns;
    this.classes = classes;
  }

  /// @param columns the features, in the order of a row
  /// @param classes the labels, in the order wanted for the probabilities
  public static TreeEnsemble of(
      WeightedEnsembleModel<Label> forest, List<String> columns, List<String> classes) {
    var reader = new TribuoTrees(columns, classes);
    var trees = new ArrayList<TreeNode>();
    for (var member : forest.getModels()) {
      trees.add(reader.node(((TreeModel<Label>) member).getRoot(), member.getFeatureIDMap()));
    }
    return new TreeEnsemble(columns.size(), classes, trees, new Link.Mean(trees.size()));
  }

  private TreeNode node(Node<Label> node, ImmutableFeatureMap features) {
    return switch (node) {
      case SplitNode<Label> split ->
          new TreeNode.Split(
              columns.indexOf(features.get(split.getFeatureID()).getName()),
              TreeNode.floatAtMost(split.splitValue()),
              node(split.getLessThanOrEqual(), features),
              node(split.getGreaterThan(), features));
      case LeafNode<Label> leaf -> new TreeNode.Leaf(shares(leaf));
      default -> throw new IllegalArgumentException("a trained tree has a " + node.getClass());
    };
  }

  private List<Float> shares(LeafNode<Label> leaf) {
    return classes.stream().map(label -> share(leaf, label)).toList();
  }

  private static Float share(LeafNode<Label> leaf, String label) {
    var found = leaf.getDistribution().get(label);
    return found == null ? 0f : (float) found.getScore();
  }
}
