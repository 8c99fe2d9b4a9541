package io.mlopscore.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// Rows under headings, each column as wide as its widest text; numbers stand to the right.
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... headings) {
    rows.add(List.of(headings));
  }

  /// A line of its own for each row, whatever a cell holds.
  void row(String... cells) {
    rows.add(Arrays.stream(cells).map(cell -> cell.replace("\n", "\\n")).toList());
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (var row : rows) {
      text.append(line(row)).append('\n');
    }
    return text.toString();
  }

  private String line(List<String> row) {
    var line = new StringBuilder();
    for (var i = 0; i < row.size(); i++) {
      var format = "%" + (isNumeric(i) ? "" : "-") + width(i) + "s";
      line.append(i == 0 ? "" : "  ").append(String.format(Locale.ROOT, format, row.get(i)));
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return Math.max(
        1, Collections.max(rows.stream().map(row -> row.get(column).length()).toList()));
  }

  private boolean isNumeric(int column) {
    return rows.size() > 1
        && rows.stream().skip(1).allMatch(row -> row.get(column).matches("-?[0-9][0-9.eE+-]*|"));
  }
}
