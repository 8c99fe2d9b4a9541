package io.mlopscore.training;

import io.mlopscore.training.csv.CsvFile;
import io.mlopscore.training.csv.CsvRow;
import java.nio.file.Path;
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
    for (var row : file.rows()) {
      rows.add(numbers(file, row, columns));
      labels.add(label(file, row, target));
    }
    return new Table(target, features, rows, labels);
  }

  private static double[] numbers(CsvFile file, CsvRow row, int[] columns) {
    var numbers = new double[columns.length];
    for (var i = 0; i < columns.length; i++) {
      var name = file.header().get(columns[i]);
      numbers[i] = number(file.path(), row, name, row.fields().get(columns[i]));
    }
    return numbers;
  }

  private static double number(Path path, CsvRow row, String column, String text) {
    try {
      var number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below, together with the numbers that are not finite.
    }
    throw new TrainingException(
        "%s, line %d, column '%s': '%s' is not a finite number"
            .formatted(path, row.line(), column, text));
  }

  private static String label(CsvFile file, CsvRow row, String target) {
    var label = row.fields().get(file.header().indexOf(target));
    if (label.isEmpty()) {
      throw new TrainingException(
          "%s, line %d, column '%s': no label".formatted(file.path(), row.line(), target));
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

  /// The different labels, sorted.
  public List<String> classes() {
    return List.copyOf(new TreeSet<>(labels));
  }
}
