package io.mlopscore.training;

import io.mlopscore.training.csv.CsvFile;
import io.mlopscore.training.csv.CsvRow;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Rows of numbers with a label each.
public final class Table {
  private final List<String> features;
  private final String target;
  private final List<double[]> rows;
  private final List<String> labels;

  public Table(String target, List<String> features, List<double[]> rows, List<String> labels) {
    this.target = target;
    this.features = List.copyOf(features);
    this.rows = List.copyOf(rows);
    this.labels = List.copyOf(labels);
  }

  /// Takes one column of a CSV file as labels and all others as numbers.
  ///
  /// @throws TrainingException if the target is absent, a label is empty, a value is not a finite
  ///     number, or there are no rows
  public static Table of(CsvFile file, String target) {
    var features = new ArrayList<>(file.header());
    features.remove(target);
    return of(file, target, features);
  }

  /// Takes one column of a CSV file as labels, and some as numbers, in a given order.
  ///
  /// @param features columns that the file has
  /// @throws TrainingException as above
  static Table of(CsvFile file, String target, List<String> features) {
    if (!file.header().contains(target)) {
      throw new TrainingException(
          "%s: no column '%s', which `data.target` names; the columns are %s"
              .formatted(file.path(), target, String.join(", ", file.header())));
    }
    if (features.isEmpty() || file.rows().isEmpty()) {
      throw new TrainingException(
          file.path() + (features.isEmpty() ? ": no column beside the target" : ": no rows"));
    }
    var columns = features.stream().mapToInt(file.header()::indexOf).toArray();
    var rows = new ArrayList<double[]>();
    var labels = new ArrayList<String>();
    var faults = new ColumnFaults(file);
    for (var row : file.rows()) {
      rows.add(numbers(file, row, columns, faults));
      labels.add(label(file, row, target, faults));
    }
    faults.refuse();
    return new Table(target, features, rows, labels);
  }

  private static double[] numbers(CsvFile file, CsvRow row, int[] columns, ColumnFaults faults) {
    var numbers = new double[columns.length];
    for (var i = 0; i < columns.length; i++) {
      var text = row.fields().get(columns[i]);
      numbers[i] = number(text);
      if (!Double.isFinite(numbers[i])) {
        faults.notANumber(row, file.header().get(columns[i]), text);
      }
    }
    return numbers;
  }

  /// NaN for what is no number.
  static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  private static String label(CsvFile file, CsvRow row, String target, ColumnFaults faults) {
    var label = row.fields().get(file.header().indexOf(target));
    if (label.isEmpty()) {
      faults.noLabel(row, target);
    }
    return label;
  }

  public String target() {
    return target;
  }

  public List<String> features() {
    return features;
  }

  public int size() {
    return rows.size();
  }

  /// The values of a row, in the order of the features. Not to be changed.
  public double[] row(int index) {
    return rows.get(index);
  }

  public String label(int index) {
    return labels.get(index);
  }

  public List<String> labels() {
    return labels;
  }

  /// @throws TrainingException if there are fewer than two classes
  void requireClasses() {
    if (classes().size() < 2) {
      throw new TrainingException(
          "the column '%s' has one label only, %s; a classifier needs two or more"
              .formatted(target, classes()));
    }
  }

  /// The different labels, sorted.
  public List<String> classes() {
    return List.copyOf(new TreeSet<>(labels));
  }
}
