package io.mlopscore.training;

import static java.util.stream.Collectors.joining;

import io.mlopscore.training.csv.CsvFile;
import io.mlopscore.training.csv.CsvRow;
import java.util.LinkedHashMap;
import java.util.Map;

/// What keeps a table from being learned from: each column once, with its first bad value and how
/// many rows have one.
final class ColumnFaults {
  private static final int MOST_SHOWN = 20;

  private record Fault(long line, String what, int rows) {
    Fault again() {
      return new Fault(line, what, rows + 1);
    }
  }

  private final CsvFile file;
  private final Map<String, Fault> byColumn = new LinkedHashMap<>();

  ColumnFaults(CsvFile file) {
    this.file = file;
  }

  void notANumber(CsvRow row, String column, String text) {
    add(row, column, text.isEmpty() ? "no value" : "'" + text + "' is not a finite number");
  }

  void noLabel(CsvRow row, String column) {
    add(row, column, "no label");
  }

  private void add(CsvRow row, String column, String what) {
    byColumn.merge(column, new Fault(row.line(), what, 1), (before, _) -> before.again());
  }

  /// @throws TrainingException if there was any
  void refuse() {
    if (byColumn.isEmpty()) {
      return;
    }
    var shown = byColumn.entrySet().stream().limit(MOST_SHOWN);
    var more = byColumn.size() - MOST_SHOWN;
    throw new TrainingException(
        "%s: columns must hold finite numbers, and the target a label in every row:\n%s%s\n%s"
            .formatted(
                file.path(),
                shown.map(fault -> line(fault.getKey(), fault.getValue())).collect(joining("\n")),
                more > 0 ? "\n  and " + more + " columns more" : "",
                "Drop such a column or encode it as numbers; drop or mend such rows if they are few."));
  }

  private String line(String column, Fault fault) {
    return "  line %d, column '%s': %s (%d of %d rows)"
        .formatted(fault.line(), column, fault.what(), fault.rows(), file.rows().size());
  }
}
