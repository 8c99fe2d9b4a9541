package io.mlopscore.training;

import java.util.LinkedHashMap;
import java.util.Map;

/// A way to learn a classifier, with its settings: the `train` section of `params.yaml`.
public sealed interface Algorithm {
  /// The value of `algorithm` in `params.yaml`.
  String key();

  /// The name that scikit-learn has for it.
  String modelType();

  /// The settings as text, by their names in `params.yaml`.
  Map<String, String> settings();

  /// Averaged trees, each on a bootstrap sample.
  ///
  /// @param trees `n_estimators`
  /// @param maxDepth the most splits from root to leaf
  /// @param minSamplesLeaf the fewest rows in a leaf
  /// @param seed `random_state`
  record RandomForest(int trees, int maxDepth, int minSamplesLeaf, long seed) implements Algorithm {
    @Override
    public String key() {
      return "random_forest";
    }

    @Override
    public String modelType() {
      return "RandomForestClassifier";
    }

    @Override
    public Map<String, String> settings() {
      return texts(
          "n_estimators", trees,
          "max_depth", maxDepth,
          "min_samples_leaf", minSamplesLeaf,
          "random_state", seed);
    }
  }

  /// Trees that each mend what the ones before got wrong.
  ///
  /// @param rounds `n_estimators`; each round adds one tree for each class
  /// @param maxDepth the most splits from root to leaf
  /// @param learningRate how much of each tree is taken, above 0 and at most 1
  /// @param seed `random_state`
  record GradientBoostedTrees(int rounds, int maxDepth, double learningRate, long seed)
      implements Algorithm {
    @Override
    public String key() {
      return "gradient_boosted_trees";
    }

    @Override
    public String modelType() {
      return "GradientBoostingClassifier";
    }

    @Override
    public Map<String, String> settings() {
      return texts(
          "n_estimators", rounds,
          "max_depth", maxDepth,
          "learning_rate", learningRate,
          "random_state", seed);
    }
  }

  /// A linear model of the standardized features, by stochastic gradient descent.
  ///
  /// @param epochs `max_iter`, the passes over the data
  /// @param learningRate the first step size of AdaGrad
  /// @param seed `random_state`
  record LogisticRegression(int epochs, double learningRate, long seed) implements Algorithm {
    @Override
    public String key() {
      return "logistic_regression";
    }

    @Override
    public String modelType() {
      return "LogisticRegression";
    }

    @Override
    public Map<String, String> settings() {
      return texts("max_iter", epochs, "learning_rate", learningRate, "random_state", seed);
    }
  }

  private static Map<String, String> texts(Object... namesAndValues) {
    var texts = new LinkedHashMap<String, String>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      texts.put(namesAndValues[i].toString(), namesAndValues[i + 1].toString());
    }
    return texts;
  }
}
