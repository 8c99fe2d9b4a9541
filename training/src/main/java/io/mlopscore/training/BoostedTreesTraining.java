package io.mlopscore.training;

import io.mlopscore.model.Link;
import io.mlopscore.model.TreeEnsemble;
import io.mlopscore.model.TreeNode;
import io.mlopscore.model.onnx.OnnxExport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Gradient boosting for classification, as Friedman describes it for several classes
/// ("Greedy Function Approximation", 2001, algorithm 6): in each round one regression tree for
/// each class is fitted to what is left to explain, and each leaf takes one Newton step.
///
/// Tribuo's XGBoost would bring 40 MB of native code and Scala; this needs Tribuo's regression
/// trees only.
final class BoostedTreesTraining {
  private final Algorithm.GradientBoostedTrees settings;
  private final Table table;
  private final List<String> classes;
  private final List<TreeNode> trees = new ArrayList<>();

  /// By row, then by class: the summed trees so far.
  private final double[][] scores;

  private BoostedTreesTraining(Algorithm.GradientBoostedTrees settings, Table table) {
    this.settings = settings;
    this.table = table;
    this.classes = table.classes();
    this.scores = new double[table.size()][classes.size()];
  }

  static TrainedModel train(Algorithm.GradientBoostedTrees settings, Table table) {
    var training = new BoostedTreesTraining(settings, table);
    training.start();
    for (var round = 0; round < settings.rounds(); round++) {
      training.addRound(round);
    }
    var features = table.features().size();
    var ensemble = new TreeEnsemble(features, training.classes, training.trees, new Link.Softmax());
    return new TrainedModel(training.classes, Map.of(TrainedModel.ONNX, OnnxExport.of(ensemble)));
  }

  /// Begins with the logarithm of each class's share, as a tree of one leaf.
  private void start() {
    var shares = new ArrayList<Float>();
    for (var label : classes) {
      var count = table.labels().stream().filter(label::equals).count();
      shares.add((float) Math.log((double) count / table.size()));
    }
    add(new TreeNode.Leaf(shares));
  }

  private void addRound(int round) {
    var gradients = gradients();
    var fitted = new ArrayList<TreeNode>();
    for (var c = 0; c < classes.size(); c++) {
      var seed = settings.seed() + (long) round * classes.size() + c;
      var tree = new ResidualTree(table, column(gradients, c), c, classes.size());
      fitted.add(tree.fit(settings, seed));
    }
    fitted.forEach(this::add);
  }

  private void add(TreeNode tree) {
    trees.add(tree);
    for (var row = 0; row < table.size(); row++) {
      var weights = leaf(tree, table.row(row)).weights();
      for (var c = 0; c < classes.size(); c++) {
        scores[row][c] += weights.get(c);
      }
    }
  }

  private static TreeNode.Leaf leaf(TreeNode node, double[] row) {
    return switch (node) {
      case TreeNode.Leaf leaf -> leaf;
      case TreeNode.Split split ->
          leaf(
              (float) row[split.feature()] <= split.threshold() ? split.atMost() : split.above(),
              row);
    };
  }

  /// By row, then by class: 1 for the true class, else 0, less the probability so far.
  private double[][] gradients() {
    var gradients = new double[table.size()][];
    for (var row = 0; row < table.size(); row++) {
      gradients[row] = softmax(scores[row]);
      for (var c = 0; c < classes.size(); c++) {
        var truth = classes.get(c).equals(table.label(row)) ? 1 : 0;
        gradients[row][c] = truth - gradients[row][c];
      }
    }
    return gradients;
  }

  private static double[] softmax(double[] scores) {
    var max = IntStream.range(0, scores.length).mapToDouble(c -> scores[c]).max().orElseThrow();
    var powers = IntStream.range(0, scores.length).mapToDouble(c -> Math.exp(scores[c] - max));
    var exponentials = powers.toArray();
    var total = 0.0;
    for (var power : exponentials) {
      total += power;
    }
    for (var c = 0; c < exponentials.length; c++) {
      exponentials[c] /= total;
    }
    return exponentials;
  }

  private static List<Double> column(double[][] rows, int column) {
    return IntStream.range(0, rows.length).mapToObj(row -> rows[row][column]).toList();
  }
}
