package io.mlopscore.training;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Labels with so few rows that they cannot be both in training and in testing. If the labels are
/// numbers of all kinds, it is not the rows that are too few: somebody wants a regression.
final class RareLabels {
  private static final int MOST_SHOWN = 5;

  /// More different numbers than this are seldom classes.
  private static final int MOST_CLASSES = 20;

  private RareLabels() {}

  /// @throws TrainingException if there is one
  static void refuse(Map<String, List<Integer>> rowsByLabel, double testSize) {
    var rare =
        rowsByLabel.entrySet().stream()
            .filter(label -> !divides(label.getValue().size(), testSize))
            .toList();
    if (rare.isEmpty()) {
      return;
    }
    var rows = rowsByLabel.values().stream().mapToInt(List::size).sum();
    if (isNumeric(rowsByLabel.keySet(), rows)) {
      throw new TrainingException(
          "the target is numeric, %d different numbers in %d rows such as %s; only classification is supported: make labels of it, such as low and high"
              .formatted(rowsByLabel.size(), rows, rare.getFirst().getKey()));
    }
    var more = rare.size() - MOST_SHOWN;
    throw new TrainingException(
        "data.test_size = %s: too few rows of %s%s; each label needs %d or more, so that training and testing both get one: add rows or drop the label"
            .formatted(
                testSize,
                rare.stream()
                    .limit(MOST_SHOWN)
                    .map(label -> "'" + label.getKey() + "' (" + label.getValue().size() + ")")
                    .collect(joining(", ")),
                more > 0 ? " and " + more + " labels more" : "",
                fewest(testSize)));
  }

  private static boolean divides(long rows, double testSize) {
    var test = StratifiedSplit.testRows(rows, testSize);
    return test > 0 && test < rows;
  }

  private static long fewest(double testSize) {
    var rows = Math.max(2, (long) (0.5 / Math.min(testSize, 1 - testSize)) - 1);
    while (!divides(rows, testSize)) {
      rows++;
    }
    return rows;
  }

  private static boolean isNumeric(Set<String> labels, int rows) {
    return (labels.size() > MOST_CLASSES || labels.size() * 2 > rows)
        && labels.stream().allMatch(label -> Double.isFinite(Table.number(label)));
  }
}
