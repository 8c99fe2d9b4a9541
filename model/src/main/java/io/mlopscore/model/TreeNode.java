package io.mlopscore.model;

import java.util.List;

/// A node of a decision tree over 32-bit floats.
public sealed interface TreeNode {
  /// A row goes to `atMost` if its feature is at most the threshold, otherwise, NaN included, to
  /// `above`.
  ///
  /// @param feature the position of the feature in the row
  record Split(int feature, float threshold, TreeNode atMost, TreeNode above) implements TreeNode {}

  /// The end of a path.
  ///
  /// @param weights what the tree adds to each class
  record Leaf(List<Float> weights) implements TreeNode {
    public Leaf {
      weights = List.copyOf(weights);
    }
  }

  /// The largest 32-bit float that is not above a 64-bit threshold.
  ///
  /// For every float x, `x <= threshold` then holds exactly if `x <= floatAtMost(threshold)`; the
  /// nearest float, which may be above, would send some rows the other way.
  static float floatAtMost(double threshold) {
    var nearest = (float) threshold;
    return nearest > threshold ? Math.nextDown(nearest) : nearest;
  }
}
