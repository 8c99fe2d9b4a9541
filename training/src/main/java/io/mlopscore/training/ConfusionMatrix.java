package io.mlopscore.training;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// How often each label was given for each true label.
///
/// @param labels the labels, in the order of rows and columns
/// @param counts by true label, then by given label
public record ConfusionMatrix(List<String> labels, List<List<Integer>> counts) {
  public ConfusionMatrix {
    labels = List.copyOf(labels);
    counts = counts.stream().map(List::copyOf).toList();
  }

  /// @param labels all labels that occur
  static ConfusionMatrix of(List<String> labels, List<String> actual, List<String> given) {
    var counts = new int[labels.size()][labels.size()];
    for (var i = 0; i < actual.size(); i++) {
      counts[labels.indexOf(actual.get(i))][labels.indexOf(given.get(i))]++;
    }
    return new ConfusionMatrix(
        labels,
        IntStream.range(0, labels.size())
            .mapToObj(row -> IntStream.of(counts[row]).boxed().toList())
            .toList());
  }

  /// The rows that truly have a label.
  public int actual(int label) {
    return counts.get(label).stream().mapToInt(Integer::intValue).sum();
  }

  /// The rows that were given a label.
  public int given(int label) {
    return counts.stream().mapToInt(row -> row.get(label)).sum();
  }

  public int correct(int label) {
    return counts.get(label).get(label);
  }

  public int total() {
    return IntStream.range(0, labels.size()).map(this::actual).sum();
  }

  /// An aligned table, true labels down, given labels across.
  public String text() {
    var corner = "actual \\ predicted";
    var first = Math.max(corner.length(), width(labels));
    var other = Math.max(6, width(labels)) + 2;
    var text = new StringBuilder(pad(corner, first));
    labels.forEach(label -> text.append(" ".repeat(other - label.length())).append(label));
    text.append('\n');
    for (var row = 0; row < labels.size(); row++) {
      text.append(pad(labels.get(row), first));
      for (var count : counts.get(row)) {
        text.append(("%" + other + "d").formatted(count));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static int width(List<String> labels) {
    return Collections.max(labels.stream().map(String::length).toList());
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
