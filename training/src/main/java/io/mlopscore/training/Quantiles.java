package io.mlopscore.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/// Columns of many different numbers with few: each number becomes the middle of its part of the
/// sorted column, of 256 parts. Trees learn from the order of numbers alone, and Tribuo's take a
/// time that grows with the square of how many different ones a column has.
final class Quantiles {
  static final int PARTS = 256;

  private Quantiles() {}

  /// The table with no column of more than 256 different numbers; others stay as they are.
  static Table rounded(Table table) {
    var columns =
        IntStream.range(0, table.features().size()).mapToObj(i -> rounding(table, i)).toList();
    var rows = new ArrayList<double[]>();
    for (var row = 0; row < table.size(); row++) {
      rows.add(rounded(columns, table.row(row)));
    }
    return new Table(table.target(), table.features(), rows, table.labels());
  }

  private static double[] rounded(List<DoubleUnaryOperator> columns, double[] row) {
    var rounded = new double[row.length];
    Arrays.setAll(rounded, i -> columns.get(i).applyAsDouble(row[i]));
    return rounded;
  }

  private static DoubleUnaryOperator rounding(Table table, int column) {
    var sorted = IntStream.range(0, table.size()).mapToDouble(i -> table.row(i)[column]).sorted();
    var values = sorted.toArray();
    return Arrays.stream(values).distinct().limit(PARTS + 1L).count() <= PARTS
        ? DoubleUnaryOperator.identity()
        : rounding(values);
  }

  private static DoubleUnaryOperator rounding(double[] sorted) {
    var middles = new TreeMap<Double, Double>();
    var start = 0;
    for (var part = 1; part <= PARTS; part++) {
      var end = Math.max(start, (int) ((long) part * sorted.length / PARTS));
      while (end < sorted.length && end > start && sorted[end] == sorted[end - 1]) {
        end++; // equal numbers stay together
      }
      if (end > start) {
        middles.put(sorted[end - 1], sorted[start + (end - start - 1) / 2]);
        start = end;
      }
    }
    return value -> middles.ceilingEntry(value).getValue();
  }
}
