package io.mlopscore.training;

import io.mlopscore.model.Flavor;
import java.util.List;
import java.util.Map;

/// What an algorithm has learned, ready to be written.
///
/// @param classes the labels, in the order of the probabilities
/// @param files the model in each flavor; the same table, settings and seed give the same bytes
public record TrainedModel(List<String> classes, Map<Flavor, byte[]> files) {
  public static final Flavor ONNX = new Flavor.Onnx("model.onnx");
  public static final Flavor TRIBUO = new Flavor.Tribuo("model.tribuo");

  public TrainedModel {
    classes = List.copyOf(classes);
    files = Map.copyOf(files);
  }

  /// Learns from a table.
  ///
  /// @throws TrainingException if the table has fewer than two classes
  public static TrainedModel learn(Algorithm algorithm, Table table) {
    table.requireClasses();
    return switch (algorithm) {
      case Algorithm.RandomForest forest -> RandomForestTraining.train(forest, table);
      case Algorithm.GradientBoostedTrees boosted -> BoostedTreesTraining.train(boosted, table);
      case Algorithm.LogisticRegression linear -> LogisticRegressionTraining.train(linear, table);
    };
  }
}
