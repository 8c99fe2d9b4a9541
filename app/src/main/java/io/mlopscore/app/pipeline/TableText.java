package io.mlopscore.app.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Rows of text, the first of which are headers, laid out as DVC lays out its tables.
final class TableText {
  /// How much wider than its header a column of a plain table is at least.
  private static final int HEADER_PADDING = 2;

  private TableText() {}

  /// Comma-separated values with the line ends of RFC 4180.
  static String csv(List<List<String>> rows) {
    return rows.stream()
        .map(row -> row.stream().map(TableText::quoted).collect(Collectors.joining(",")) + "\r\n")
        .collect(Collectors.joining());
  }

  private static String quoted(String cell) {
    boolean special = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return special ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  static String markdown(List<List<String>> rows) {
    var widths = widths(rows, HEADER_PADDING);
    var out = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      out.append(
          padded(rows.get(i), widths).stream().collect(Collectors.joining(" | ", "| ", " |\n")));
      if (i == 0) {
        out.append(
            widths.stream()
                .map(width -> "-".repeat(width + 2))
                .collect(Collectors.joining("|", "|", "|\n")));
      }
    }
    return out.toString();
  }

  /// Columns apart by two blanks, nothing behind the last.
  static String plain(List<List<String>> rows) {
    var widths = widths(rows, HEADER_PADDING);
    return rows.stream()
        .map(row -> String.join("  ", padded(row, widths)).stripTrailing() + "\n")
        .collect(Collectors.joining());
  }

  /// Columns apart by three blanks, with rules above and below.
  static String ruled(List<List<String>> rows) {
    var widths = widths(rows, 0);
    var lines = rows.stream().map(row -> "  " + String.join("   ", padded(row, widths)) + "  ");
    var body = new ArrayList<>(lines.toList());
    var rule = " " + "─".repeat(body.getFirst().length() - 2) + " ";
    body.add(1, rule);
    body.addFirst(rule);
    body.add(rule);
    return String.join("\n", body) + "\n";
  }

  private static List<Integer> widths(List<List<String>> rows, int headerPadding) {
    var widths = new ArrayList<Integer>();
    for (int column = 0; column < rows.getFirst().size(); column++) {
      int width = rows.getFirst().get(column).length() + headerPadding;
      for (var row : rows) {
        width = Math.max(width, row.get(column).codePointCount(0, row.get(column).length()));
      }
      widths.add(width);
    }
    return widths;
  }

  private static List<String> padded(List<String> row, List<Integer> widths) {
    var cells = new ArrayList<String>();
    for (int i = 0; i < row.size(); i++) {
      var cell = row.get(i);
      cells.add(cell + " ".repeat(widths.get(i) - cell.codePointCount(0, cell.length())));
    }
    return cells;
  }
}
