package io.mlopscore.training;

import io.mlopscore.model.Scorer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// How much a model relies on each feature: by how much the log loss grows, on average, when the
/// values of that feature are shuffled among the rows. Works for every kind of model
/// (https://scikit-learn.org/stable/modules/permutation_importance.html). The log loss is asked,
/// not the accuracy, because on few rows the accuracy often does not move.
final class FeatureImportance {
  private static final int REPEATS = 5;

  private FeatureImportance() {}

  /// @return the growth of the log loss by feature; near 0, also below, if it does not matter
  static Map<String, Double> of(Scorer scorer, Table table, long seed) {
    var random = new Random(seed);
    var baseline = Evaluation.logLoss(scorer, table);
    var importance = new LinkedHashMap<String, Double>();
    for (var feature = 0; feature < table.features().size(); feature++) {
      var growth = 0.0;
      for (var repeat = 0; repeat < REPEATS; repeat++) {
        growth += Evaluation.logLoss(scorer, shuffled(table, feature, random)) - baseline;
      }
      importance.put(table.features().get(feature), growth / REPEATS);
    }
    return importance;
  }

  private static Table shuffled(Table table, int feature, Random random) {
    var values = new ArrayList<Double>();
    for (var row = 0; row < table.size(); row++) {
      values.add(table.row(row)[feature]);
    }
    Collections.shuffle(values, random);
    return new Table(
        table.target(), table.features(), replaced(table, feature, values), table.labels());
  }

  private static List<double[]> replaced(Table table, int feature, List<Double> values) {
    var rows = new ArrayList<double[]>();
    for (var row = 0; row < table.size(); row++) {
      var copy = table.row(row).clone();
      copy[feature] = values.get(row);
      rows.add(copy);
    }
    return rows;
  }
}
