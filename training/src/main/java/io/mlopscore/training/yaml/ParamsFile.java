package io.mlopscore.training.yaml;

import io.mlopscore.training.Algorithm;
import io.mlopscore.training.DataParams;
import io.mlopscore.training.Params;
import io.mlopscore.training.TrainingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads `params.yaml`: `data` with `target`, `test_size`, `random_state`; `train` with
/// `algorithm` and its settings. Settings of other algorithms may stay there, so that one word
/// changes the algorithm. Other sections belong to other stages and are not looked at.
public final class ParamsFile {
  private static final long MAX_TREES = 10_000;
  private static final long MAX_DEPTH = 64;

  /// What the algorithms can be told, all together.
  private static final List<String> SETTINGS =
      List.of(
          "n_estimators",
          "max_depth",
          "min_samples_leaf",
          "learning_rate",
          "max_iter",
          "random_state");

  private ParamsFile() {}

  /// @throws TrainingException if a key is unknown, missing, of the wrong type or out of range
  public static Params read(Path file) {
    var root = Section.read(file);
    var train = root.section("train");
    var algorithm = algorithm(train);
    var own = algorithm.settings().keySet();
    var known = new ArrayList<>(List.of("algorithm"));
    known.addAll(own);
    train.allowOnly(known, SETTINGS);
    var ignored = SETTINGS.stream().filter(name -> train.has(name) && !own.contains(name));
    return new Params(data(root.section("data")), algorithm, ignored.toList());
  }

  private static DataParams data(Section data) {
    data.allowOnly(List.of("target", "test_size", "random_state"), List.of());
    return new DataParams(
        data.text("target"), data.number("test_size", 0.2, 0, 1, true), seed(data));
  }

  private static Algorithm algorithm(Section train) {
    var key = train.text("algorithm", "random_forest");
    return switch (key) {
      case "random_forest" -> randomForest(train);
      case "gradient_boosted_trees" -> boostedTrees(train);
      case "logistic_regression" -> logisticRegression(train);
      default ->
          throw train.refused(
              "algorithm",
              key,
              "one of random_forest, gradient_boosted_trees, logistic_regression");
    };
  }

  private static Algorithm randomForest(Section train) {
    return new Algorithm.RandomForest(
        (int) train.whole("n_estimators", 100, 1, MAX_TREES),
        (int) train.whole("max_depth", 10, 1, MAX_DEPTH),
        (int) train.whole("min_samples_leaf", 1, 1, Integer.MAX_VALUE),
        seed(train));
  }

  private static Algorithm boostedTrees(Section train) {
    return new Algorithm.GradientBoostedTrees(
        (int) train.whole("n_estimators", 100, 1, MAX_TREES),
        (int) train.whole("max_depth", 3, 1, MAX_DEPTH),
        train.number("learning_rate", 0.1, 0, 1, false),
        seed(train));
  }

  private static Algorithm logisticRegression(Section train) {
    return new Algorithm.LogisticRegression(
        (int) train.whole("max_iter", 100, 1, 1_000_000),
        train.number("learning_rate", 0.5, 0, 100, false),
        seed(train));
  }

  private static long seed(Section section) {
    return section.whole("random_state", 42, 0, 4_294_967_295L);
  }
}
