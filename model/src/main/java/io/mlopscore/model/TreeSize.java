package io.mlopscore.model;

import java.util.List;

/// A number of nodes, and how many of them are leaves.
record TreeSize(int nodes, int leaves) {
  TreeSize plus(int moreNodes, int moreLeaves) {
    return new TreeSize(Math.addExact(nodes, moreNodes), leaves + moreLeaves);
  }

  static TreeSize of(List<TreeNode> trees) {
    var size = new TreeSize(0, 0);
    for (var tree : trees) {
      size = size.plus(tree);
    }
    return size;
  }

  private TreeSize plus(TreeNode node) {
    return switch (node) {
      case TreeNode.Leaf _ -> plus(1, 1);
      case TreeNode.Split split -> plus(1, 0).plus(split.atMost()).plus(split.above());
    };
  }
}
