package io.mlopscore.pipeline.compare;

import io.mlopscore.pipeline.PythonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Real;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rows under headings with the widths of `dvc`'s tables: a column is as wide as its widest text,
/// a heading counting two more.
public final class Table {
  private static final String NOTHING = "-";

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(List<String> headings) {
    this.headings = List.copyOf(headings);
  }

  public void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /// Whether there are headings alone.
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /// A value as a cell shows it.
  ///
  /// @param precision digits after the point of numbers that are no integers
  public static String cell(Optional<Value> value, int precision) {
    return value.map(found -> text(found, precision)).orElse(NOTHING);
  }

  static String text(Value value, int precision) {
    return switch (value) {
      case Real(var number) when Double.isFinite(number) -> rounded(number, precision);
      case Value.Items _, Value.Mapping _ -> PythonText.repr(value);
      case Value other -> PythonText.of(other);
    };
  }

  /// As Python's `round`.
  private static String rounded(double number, int precision) {
    var rounded = new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN);
    return YamlReader.text(new Real(rounded.doubleValue()));
  }

  /// Columns two blanks apart.
  public String text() {
    var text = new StringBuilder();
    for (var row : all()) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(i == 0 ? "" : "  ").append(padded(row.get(i), width(i)));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /// A table of GitHub's Markdown.
  public String markdown() {
    var text = new StringBuilder();
    line(text, headings);
    for (int i = 0; i < headings.size(); i++) {
      text.append("|").append("-".repeat(width(i) + 2));
    }
    text.append("|\n");
    rows.forEach(row -> line(text, row));
    return text.append('\n').toString();
  }

  private void line(StringBuilder text, List<String> row) {
    for (int i = 0; i < row.size(); i++) {
      text.append("| ").append(padded(row.get(i).replace("|", "\\|"), width(i))).append(' ');
    }
    text.append("|\n");
  }

  private List<List<String>> all() {
    var all = new ArrayList<List<String>>();
    all.add(headings);
    all.addAll(rows);
    return all;
  }

  private int width(int column) {
    int width = headings.get(column).length() + 2;
    for (var row : rows) {
      width = Math.max(width, row.get(column).length());
    }
    return width;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
