package io.mlopscore.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A division of rows into training and test rows in which both have nearly the same share of
/// every label.
///
/// @param train the training rows by index, ascending
/// @param test the test rows by index, ascending
public record StratifiedSplit(List<Integer> train, List<Integer> test) {
  public StratifiedSplit {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /// Draws the test rows, the same ones for the same labels, share and seed.
  ///
  /// @param testSize the share of test rows, above 0 and below 1
  /// @throws TrainingException if a side would lack a label
  public static StratifiedSplit of(List<String> labels, double testSize, long seed) {
    var byLabel = rowsByLabel(labels);
    RareLabels.refuse(byLabel, testSize);
    var random = new Random(seed);
    var test = new ArrayList<Integer>();
    byLabel.values().forEach(rows -> test.addAll(drawn(rows, testSize, random)));
    Collections.sort(test);
    var train = new ArrayList<Integer>();
    for (var row = 0; row < labels.size(); row++) {
      if (Collections.binarySearch(test, row) < 0) {
        train.add(row);
      }
    }
    return new StratifiedSplit(train, test);
  }

  private static Map<String, List<Integer>> rowsByLabel(List<String> labels) {
    var byLabel = new TreeMap<String, List<Integer>>();
    for (var row = 0; row < labels.size(); row++) {
      byLabel.computeIfAbsent(labels.get(row), _ -> new ArrayList<>()).add(row);
    }
    return byLabel;
  }

  private static List<Integer> drawn(List<Integer> rows, double testSize, Random random) {
    Collections.shuffle(rows, random);
    return rows.subList(0, Math.toIntExact(testRows(rows.size(), testSize)));
  }

  /// How many rows of a label are for testing.
  static long testRows(long rows, double testSize) {
    return Math.round(rows * testSize);
  }
}
