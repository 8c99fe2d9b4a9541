package io.mlopscore.training;

import io.mlopscore.training.csv.CsvFile;
import io.mlopscore.training.csv.CsvRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// The ROC curve of each class against all others, as a table that plots are drawn from.
///
/// @param curves by class, without those that no row or every row has
public record RocCurves(Map<String, RocCurve> curves) {
  private static final String ACROSS = "false_positive_rate";

  /// The mean over the classes; so is named the column that pipelines draw whatever their classes
  /// are.
  private static final String MEAN = "macro_average";

  /// More are not seen in a picture, and the table is a file for git.
  private static final int MOST_RATES = 1000;

  public RocCurves {
    curves = Collections.unmodifiableMap(new LinkedHashMap<>(curves));
  }

  /// @param answers the probabilities of each row, in the order of the classes
  /// @param labels the true ones of the rows
  static RocCurves of(List<String> classes, List<double[]> answers, List<String> labels) {
    var curves = new LinkedHashMap<String, RocCurve>();
    for (var position = 0; position < classes.size(); position++) {
      var at = position;
      var label = classes.get(at);
      var scores = answers.stream().mapToDouble(answer -> answer[at]).toArray();
      if (labels.contains(label) && !labels.stream().allMatch(label::equals)) {
        curves.put(label, RocCurve.of(scores, labels.stream().map(label::equals).toList()));
      }
    }
    return new RocCurves(curves);
  }

  /// The mean of the areas, each as heavy as the rows that have the class (scikit-learn's
  /// `roc_auc_score` with `ovr` and `weighted`); empty without curves.
  OptionalDouble area() {
    var rows = curves.values().stream().mapToInt(RocCurve::support).sum();
    return curves.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            curves.values().stream().mapToDouble(c -> c.area() * c.support()).sum() / rows);
  }

  /// One row for each false positive rate of any class, or 1000 of them: it, the mean of the true
  /// positive rates, and that of each class; before them the origin.
  String csv() {
    var header = new ArrayList<>(List.of(ACROSS, MEAN));
    curves.keySet().forEach(label -> header.add(column(label, header)));
    var rows = new ArrayList<CsvRow>();
    rows.add(row(0, Collections.nCopies(curves.size(), 0.0)));
    for (var rate : rates()) {
      rows.add(row(rate, curves.values().stream().map(c -> c.truePositiveRate(rate)).toList()));
    }
    return new CsvFile(Path.of("roc.csv"), header, List.of()).text(rows);
  }

  /// A label that is called as a column before it gets a number.
  private String column(String label, List<String> taken) {
    var name = label;
    for (var number = 2;
        taken.contains(name) || (number > 2 && curves.containsKey(name));
        number++) {
      name = label + "_" + number;
    }
    return name;
  }

  private List<Double> rates() {
    var rates = new TreeSet<Double>();
    curves.values().forEach(curve -> rates.addAll(curve.falsePositiveRates()));
    var all = List.copyOf(rates);
    return all.size() <= MOST_RATES
        ? all
        : IntStream.range(0, MOST_RATES)
            .mapToObj(i -> all.get((int) ((long) i * (all.size() - 1) / (MOST_RATES - 1))))
            .toList();
  }

  private static CsvRow row(double across, List<Double> found) {
    var fields = new ArrayList<String>();
    fields.add(Double.toString(across));
    fields.add(Double.toString(found.stream().mapToDouble(x -> x).average().orElse(0)));
    found.forEach(rate -> fields.add(Double.toString(rate)));
    return new CsvRow(0, fields);
  }
}
