package io.mlopscore.training;

import java.util.ArrayList;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Moves each feature to mean 0 and scales it to deviation 1.
final class Standardization {
  private final double[] means;
  private final double[] deviations;

  private Standardization(double[] means, double[] deviations) {
    this.means = means;
    this.deviations = deviations;
  }

  static Standardization of(Table table) {
    var width = table.features().size();
    var means = new double[width];
    var deviations = new double[width];
    for (var f = 0; f < width; f++) {
      var feature = f;
      var mean = column(table, feature).average().orElseThrow();
      var variance = column(table, feature).map(v -> (v - mean) * (v - mean)).average();
      means[f] = mean;
      // A feature that never changes stays as it is: 0 everywhere.
      deviations[f] = variance.orElseThrow() == 0 ? 1 : Math.sqrt(variance.orElseThrow());
    }
    return new Standardization(means, deviations);
  }

  private static DoubleStream column(Table table, int feature) {
    return IntStream.range(0, table.size()).mapToDouble(row -> table.row(row)[feature]);
  }

  double mean(int feature) {
    return means[feature];
  }

  double deviation(int feature) {
    return deviations[feature];
  }

  Table apply(Table table) {
    var rows = new ArrayList<double[]>();
    for (var row = 0; row < table.size(); row++) {
      var values = table.row(row).clone();
      for (var f = 0; f < values.length; f++) {
        values[f] = (values[f] - means[f]) / deviations[f];
      }
      rows.add(values);
    }
    return new Table(table.target(), table.features(), rows, table.labels());
  }
}
