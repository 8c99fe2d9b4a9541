package io.mlopscore.pipeline.report;

import static java.util.stream.Collectors.joining;

import io.mlopscore.pipeline.report.Picture.Curves;
import io.mlopscore.pipeline.report.Picture.Line;
import io.mlopscore.pipeline.report.Picture.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Lines of both sides in one chart: a colour for each side, a dash for each column.
///
/// @param base what the grey side is called
/// @param head what the blue side is called
record LineChart(Curves curves, String base, String head) {
  static final String BASE_COLOR = "#8c959f";
  static final String HEAD_COLOR = "#0969da";
  private static final String INK = "#1f2328";
  private static final String GRID = "#d1d9e0";
  private static final List<String> DASHES = List.of("", "8 4", "2 4", "8 4 2 4");

  private static final double WIDTH = 640;
  private static final double LEFT = 72;
  private static final double TOP = 40;
  private static final double PLOT_WIDTH = WIDTH - LEFT - 24;
  private static final double PLOT_HEIGHT = 260;
  private static final int LEGEND_LINE = 20;

  /// A line of the legend.
  private record Entry(Line line, String color, String dash, String label) {}

  String svg() {
    var entries = new ArrayList<Entry>();
    entries(entries, curves.before(), BASE_COLOR, base);
    entries(entries, curves.now(), HEAD_COLOR, head);
    var points = entries.stream().flatMap(entry -> entry.line().points().stream()).toList();
    var x = Scale.of(points.stream().map(Point::x).toList());
    var y = Scale.of(points.stream().map(Point::y).toList());
    var svg = new Svg(WIDTH, TOP + PLOT_HEIGHT + 64 + LEGEND_LINE * entries.size());
    svg.text(LEFT + PLOT_WIDTH / 2, 22, "middle", INK, Svg.shortened(curves.name(), 70));
    grid(svg, x, y);
    entries.forEach(entry -> draw(svg, entry, x, y));
    legend(svg, entries);
    return svg.toString();
  }

  private static void entries(List<Entry> entries, List<Line> lines, String color, String side) {
    for (int i = 0; i < lines.size(); i++) {
      var dash = DASHES.get(i % DASHES.size());
      var label = lines.size() == 1 ? side : side + ", " + lines.get(i).name();
      entries.add(new Entry(lines.get(i), color, dash, label));
    }
  }

  private void grid(Svg svg, Scale x, Scale y) {
    for (var tick : y.ticks()) {
      double at = TOP + PLOT_HEIGHT * (1 - y.share(tick));
      svg.line(LEFT, at, LEFT + PLOT_WIDTH, at, GRID);
      svg.text(LEFT - 8, at + 4, "end", INK, Numbers.text(tick));
    }
    for (var tick : x.ticks()) {
      double at = LEFT + PLOT_WIDTH * x.share(tick);
      svg.line(at, TOP, at, TOP + PLOT_HEIGHT, GRID);
      svg.text(at, TOP + PLOT_HEIGHT + 18, "middle", INK, Numbers.text(tick));
    }
    svg.text(LEFT + PLOT_WIDTH / 2, TOP + PLOT_HEIGHT + 40, "middle", INK, curves.xLabel());
    svg.upright(16, TOP + PLOT_HEIGHT / 2, INK, curves.yLabel());
  }

  private static void draw(Svg svg, Entry entry, Scale x, Scale y) {
    var points = entry.line().points();
    if (points.size() == 1) {
      var only = points.getFirst();
      svg.dot(across(x, only), up(y, only), entry.color());
    } else {
      var path =
          points.stream()
              .map(point -> Svg.number(across(x, point)) + "," + Svg.number(up(y, point)))
              .collect(joining(" "));
      svg.polyline(path, entry.color(), entry.dash());
    }
  }

  private static double across(Scale x, Point point) {
    return LEFT + PLOT_WIDTH * x.share(point.x());
  }

  private static double up(Scale y, Point point) {
    return TOP + PLOT_HEIGHT * (1 - y.share(point.y()));
  }

  private static void legend(Svg svg, List<Entry> entries) {
    double at = TOP + PLOT_HEIGHT + 62;
    for (var entry : entries) {
      var points =
          Stream.of(LEFT, LEFT + 32)
              .map(x -> Svg.number(x) + "," + Svg.number(at(entries, entry, at)));
      svg.polyline(points.collect(joining(" ")), entry.color(), entry.dash());
      svg.text(
          LEFT + 40, at(entries, entry, at) + 4, "start", INK, Svg.shortened(entry.label(), 70));
    }
  }

  private static double at(List<Entry> entries, Entry entry, double first) {
    return first + LEGEND_LINE * entries.indexOf(entry);
  }
}
