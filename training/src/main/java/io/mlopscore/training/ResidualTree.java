package io.mlopscore.training;

import io.mlopscore.model.TreeNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.IndependentRegressionTreeModel;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;

/// Fits one tree of boosting to the residuals of one class.
///
/// @param residuals by row, 1 or 0 for the truth less the probability so far
/// @param target the class
/// @param classes how many classes there are
record ResidualTree(Table table, List<Double> residuals, int target, int classes) {
  private static final String DIMENSION = "residual";

  TreeNode fit(Algorithm.GradientBoostedTrees settings, long seed) {
    var factory = new RegressionFactory();
    var examples = Examples.of(table, factory, row -> new Regressor(DIMENSION, residuals.get(row)));
    var trainer =
        new CARTRegressionTrainer(settings.maxDepth(), 1f, 0f, 1f, new MeanSquaredError(), seed);
    var model = (IndependentRegressionTreeModel) trainer.train(examples);
    var root = Objects.requireNonNull(model.getRoots().get(DIMENSION));
    var rows = IntStream.range(0, table.size()).boxed().toList();
    return node(root, rows, model.getFeatureIDMap(), settings.learningRate());
  }

  /// @param rows the rows that come to this node
  private TreeNode node(
      Node<Regressor> node, List<Integer> rows, ImmutableFeatureMap names, double rate) {
    return switch (node) {
      case LeafNode<Regressor> _ -> leaf((float) (rate * newtonStep(rows)));
      case SplitNode<Regressor> split -> {
        var feature = table.features().indexOf(names.get(split.getFeatureID()).getName());
        var threshold = TreeNode.floatAtMost(split.splitValue());
        var sides =
            rows.stream()
                .collect(
                    Collectors.partitioningBy(row -> (float) table.row(row)[feature] <= threshold));
        yield new TreeNode.Split(
            feature,
            threshold,
            node(split.getLessThanOrEqual(), sides.getOrDefault(true, List.of()), names, rate),
            node(split.getGreaterThan(), sides.getOrDefault(false, List.of()), names, rate));
      }
      default -> throw new IllegalArgumentException("a trained tree has a " + node.getClass());
    };
  }

  /// Friedman's step: the residuals' sum over that of their curvature; none if all is explained.
  private double newtonStep(List<Integer> rows) {
    var sum = 0.0;
    var curvature = 0.0;
    for (var row : rows) {
      var residual = residuals.get(row);
      sum += residual;
      curvature += Math.abs(residual) * (1 - Math.abs(residual));
    }
    return curvature < 1e-12 ? 0 : (classes - 1.0) / classes * sum / curvature;
  }

  private TreeNode leaf(float weight) {
    var weights = new ArrayList<>(Collections.nCopies(classes, 0f));
    weights.set(target, weight);
    return new TreeNode.Leaf(weights);
  }
}
