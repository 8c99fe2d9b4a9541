package io.mlopscore.pipeline.report;

import static java.util.stream.Collectors.joining;

import io.mlopscore.pipeline.report.Picture.Curves;
import io.mlopscore.pipeline.report.Picture.Line;
import io.mlopscore.pipeline.report.Picture.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A line of both sides as a diagram that GitHub draws in a comment (https://mermaid.js.org).
///
/// Its charts know no x of their own for points: they put them at equal distances. So lines are
/// read off at equal distances, between their points where there is none.
record Mermaid(Curves curves) {
  private static final int POINTS = 25;

  /// A diagram for each column, base first in each.
  List<String> charts() {
    var names = Stream.concat(curves.before().stream(), curves.now().stream()).map(Line::name);
    return names.distinct().map(this::chart).toList();
  }

  private String chart(String name) {
    var before = find(curves.before(), name);
    var now = find(curves.now(), name);
    var points = Stream.of(before, now).flatMap(Optional::stream).flatMap(l -> l.points().stream());
    var all = points.toList();
    double from = all.stream().mapToDouble(Point::x).min().orElse(0);
    double to = all.stream().mapToDouble(Point::x).max().orElse(1);
    var y = Scale.of(all.stream().map(Point::y).toList());
    var lines = new ArrayList<String>();
    before.ifPresent(line -> lines.add(line(line, from, to)));
    now.ifPresent(line -> lines.add(line(line, from, to)));
    return """
    ```mermaid
    %%%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "%s"}}}}%%%%
    xychart-beta
      title "%s"
      x-axis "%s" %s --> %s
      y-axis "%s" %s --> %s
    %s```
    """
        .formatted(
            palette(before.isPresent(), now.isPresent()),
            plain(curves.name()),
            plain(curves.xLabel()),
            Numbers.text(from),
            Numbers.text(to > from ? to : from + 1),
            plain(names(name)),
            Numbers.text(y.from()),
            Numbers.text(y.to()),
            String.join("", lines));
  }

  private String names(String line) {
    return curves.yLabel().isEmpty() ? line : curves.yLabel();
  }

  private static String palette(boolean before, boolean now) {
    return Stream.of(before ? LineChart.BASE_COLOR : "", now ? LineChart.HEAD_COLOR : "")
        .filter(color -> !color.isEmpty())
        .collect(joining(", "));
  }

  private static Optional<Line> find(List<Line> lines, String name) {
    return lines.stream().filter(line -> line.name().equals(name)).findFirst();
  }

  private static String line(Line line, double from, double to) {
    var points = line.points().stream().sorted(Comparator.comparingDouble(Point::x)).toList();
    var values = new ArrayList<String>();
    for (int i = 0; i < POINTS; i++) {
      values.add(Numbers.text(at(points, from + (to - from) * i / (POINTS - 1))));
    }
    return "  line [" + String.join(", ", values) + "]\n";
  }

  /// Outside of its points a line goes on as it ends.
  private static double at(List<Point> points, double x) {
    var before = points.getFirst();
    for (var point : points) {
      if (point.x() > x) {
        double width = point.x() - before.x();
        double share = width == 0 ? 0 : Math.max(0, (x - before.x()) / width);
        return before.y() + (point.y() - before.y()) * share;
      }
      before = point;
    }
    return before.y();
  }

  /// What would end a text of the diagram is left out.
  private static String plain(String text) {
    return Svg.shortened(text.replaceAll("[^\\p{L}\\p{N} ._/:=()-]", " ").strip(), 60);
  }
}
