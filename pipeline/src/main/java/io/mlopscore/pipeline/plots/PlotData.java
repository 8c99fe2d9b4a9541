package io.mlopscore.pipeline.plots;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a plot draws.
///
/// @param template the name of the one that it asks for, such as `linear` or `confusion`
/// @param points by revision, the workspace first; revisions without data are left out
public record PlotData(
    String name,
    String title,
    String template,
    String xLabel,
    String yLabel,
    Map<String, List<Point>> points) {
  public PlotData {
    points = Collections.unmodifiableMap(new LinkedHashMap<>(points));
  }

  /// @param line which of several columns it is of
  public record Point(String line, Value x, Value y) {}

  static List<Point> points(DataPoints.Result result) {
    boolean severalFiles =
        result.lines().stream().map(DataPoints.Field::file).distinct().count() > 1;
    var points = new ArrayList<Point>();
    for (var row : result.rows()) {
      var x = row.get(result.x());
      var y = result.y().map(row::get).orElse(null);
      if (x != null && y != null) {
        var field = text(row, "field");
        points.add(new Point(severalFiles ? text(row, "filename") + ":" + field : field, x, y));
      }
    }
    return List.copyOf(points);
  }

  private static String text(Map<String, Value> row, String key) {
    return YamlReader.text(row.getOrDefault(key, Value.of("")));
  }
}
