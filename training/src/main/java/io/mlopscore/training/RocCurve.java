package io.mlopscore.training;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// How many rows of a class are found at the price of how many false alarms, over all thresholds of
/// its probability (receiver operating characteristic; scikit-learn's `roc_curve`).
public final class RocCurve {
  /// The share of the class that is found where a false positive rate is first and last met.
  private record Span(double low, double high) {
    Span and(Span later) {
      return new Span(low, later.high);
    }
  }

  private final NavigableMap<Double, Span> spans = new TreeMap<>(Map.of(0.0, new Span(0, 0)));

  private final int support;

  private RocCurve(int support) {
    this.support = support;
  }

  /// @param scores the higher, the likelier is the class; one for each row
  /// @param positive whether the row has the class: some do and some do not
  static RocCurve of(double[] scores, List<Boolean> positive) {
    var curve = new RocCurve(Collections.frequency(positive, true));
    var others = scores.length - curve.support;
    var found = 0;
    var order = descending(scores);
    for (var i = 0; i < order.size(); i++) {
      found += positive.get(order.get(i)) ? 1 : 0;
      // rows with one score are above a threshold together
      if (i + 1 == order.size() || scores[order.get(i + 1)] != scores[order.get(i)]) {
        curve.add((i + 1.0 - found) / others, (double) found / curve.support);
      }
    }
    return curve;
  }

  /// The rows that have the class.
  int support() {
    return support;
  }

  private static List<Integer> descending(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer row) -> scores[row]).reversed())
        .toList();
  }

  private void add(double falsePositives, double truePositives) {
    spans.merge(falsePositives, new Span(truePositives, truePositives), Span::and);
  }

  NavigableSet<Double> falsePositiveRates() {
    return spans.navigableKeySet();
  }

  /// The highest true positive rate at a false positive rate, on a line between its neighbours.
  double truePositiveRate(double falsePositives) {
    var before = spans.floorEntry(falsePositives);
    var after = spans.ceilingEntry(falsePositives);
    if (before.getKey().equals(after.getKey())) {
      return before.getValue().high();
    }
    var way = (falsePositives - before.getKey()) / (after.getKey() - before.getKey());
    return before.getValue().high() + way * (after.getValue().low() - before.getValue().high());
  }

  /// The area under the curve: the chance that a row of the class has a higher score than another.
  double area() {
    var area = 0.0;
    for (var end : spans.tailMap(0.0, false).entrySet()) {
      var start = spans.lowerEntry(end.getKey());
      area +=
          (end.getKey() - start.getKey()) * (start.getValue().high() + end.getValue().low()) / 2;
    }
    return area;
  }
}
