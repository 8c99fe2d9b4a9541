package io.mlopscore.pipeline.report;

import io.mlopscore.pipeline.report.Picture.Matrix;
import java.util.List;
import java.util.Optional;

/// Both sides of a confusion matrix, as coloured counts beside each other.
///
/// The labels are the same on both sides, so that a cell has the same place; dark means many.
///
/// @param base what the left side is called
/// @param head what the right side is called
record HeatMap(Matrix matrix, String base, String head) {
  private static final String INK = "#1f2328";
  private static final String FAINT = "#59636e";
  private static final int CELL = 48;
  private static final int GAP = 24;
  private static final int TOP = 84;

  /// With more, cells get smaller than their counts.
  private static final int MOST_LABELS = 40;
  private static final int LONGEST = 16;

  String svg() {
    var labels = matrix.labels().stream().limit(MOST_LABELS).toList();
    double left = 40 + labels.stream().mapToDouble(HeatMap::labelWidth).max().orElse(0);
    double side = CELL * labels.size();
    double half = Math.max(left + side + GAP, 200);
    double bottom = TOP + side + labelWidth("") + longest(labels) + 24;
    var svg = new Svg(2 * half, bottom);
    svg.text(half, 22, "middle", INK, Svg.shortened(matrix.name(), (int) (half / 5)));
    side(svg, 0, left, labels, matrix.before(), base);
    side(svg, half, left, labels, matrix.now(), head);
    return svg.toString();
  }

  private static double longest(List<String> labels) {
    return labels.stream().mapToDouble(HeatMap::labelWidth).max().orElse(0);
  }

  private static double labelWidth(String label) {
    return Svg.width(Svg.shortened(label, LONGEST)) + 8;
  }

  private void side(
      Svg svg,
      double x,
      double left,
      List<String> labels,
      Optional<Confusion> confusion,
      String name) {
    double from = x + left;
    double side = CELL * labels.size();
    svg.text(from + side / 2, 48, "middle", INK, Svg.shortened(name, 24));
    if (confusion.isEmpty()) {
      svg.text(from + side / 2, TOP + side / 2, "middle", FAINT, "nothing there");
      return;
    }
    axes(svg, x, from, labels, confusion.get());
    long most = confusion.get().largest(labels);
    for (int row = 0; row < labels.size(); row++) {
      for (int column = 0; column < labels.size(); column++) {
        long count = confusion.get().count(labels.get(row), labels.get(column));
        cell(svg, from + column * CELL, TOP + row * CELL, count, most, pair(labels, row, column));
      }
    }
  }

  private String pair(List<String> labels, int row, int column) {
    var either = matrix.either();
    return "%s %s, %s %s"
        .formatted(either.rows(), labels.get(row), either.columns(), labels.get(column));
  }

  private static void cell(Svg svg, double x, double y, long count, long most, String title) {
    double share = most == 0 ? 0 : (double) count / most;
    svg.box(x, y, CELL, CELL, shade(share), title + ": " + count);
    var color = share > 0.55 ? "#fff" : count == 0 ? "#8c959f" : INK;
    svg.text(x + CELL / 2.0, y + CELL / 2.0 + 4, "middle", color, shown(count));
  }

  /// Counts that do not fit are shown in thousands or millions.
  private static String shown(long count) {
    return count < 100_000
        ? Long.toString(count)
        : count < 10_000_000 ? count / 1000 + "k" : count / 1_000_000 + "M";
  }

  /// From nearly white to dark blue.
  private static String shade(double share) {
    return "#%02x%02x%02x"
        .formatted(
            Math.round(246 - share * 237),
            Math.round(248 - share * 143),
            Math.round(250 - share * 32));
  }

  private static void axes(
      Svg svg, double x, double from, List<String> labels, Confusion confusion) {
    double side = CELL * labels.size();
    svg.text(from + side / 2, 70, "middle", FAINT, confusion.columns());
    svg.upright(x + 20, TOP + side / 2, FAINT, confusion.rows());
    for (int i = 0; i < labels.size(); i++) {
      var label = Svg.shortened(labels.get(i), LONGEST);
      double middle = CELL * i + CELL / 2.0;
      svg.text(from - 8, TOP + middle + 4, "end", INK, label);
      svg.upright(from + middle + 4, TOP + side + 8 + Svg.width(label) / 2, INK, label);
    }
  }
}
