package io.mlopscore.training;

import io.mlopscore.model.Range;
import io.mlopscore.training.csv.CsvFile;
import java.util.Map;

/// Guards against a model that is trained on values it would refuse when served.
final class RowRange {
  private RowRange() {}

  /// @throws TrainingException if a range names no column, or a row lies outside of one
  static void check(CsvFile file, Table table, Map<String, Range> ranges) {
    ranges.forEach(
        (name, range) -> {
          var feature = table.features().indexOf(name);
          if (feature < 0) {
            throw new TrainingException(
                "mlops.yaml: model.ranges.%s: %s has no such feature; it has %s"
                    .formatted(name, file.path(), String.join(", ", table.features())));
          }
          for (var row = 0; row < table.size(); row++) {
            check(file, row, name, table.row(row)[feature], range);
          }
        });
  }

  private static void check(CsvFile file, int row, String name, double value, Range range) {
    if (!range.contains(value)) {
      throw new TrainingException(
          "%s, line %d, column '%s': %s is outside [%s, %s] of model.ranges in mlops.yaml"
              .formatted(
                  file.path(), file.rows().get(row).line(), name, value, range.min(), range.max()));
    }
  }
}
