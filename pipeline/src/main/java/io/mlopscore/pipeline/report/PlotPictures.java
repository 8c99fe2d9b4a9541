package io.mlopscore.pipeline.report;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.plots.Plot;
import io.mlopscore.pipeline.plots.PlotData;
import io.mlopscore.pipeline.plots.Plots;
import io.mlopscore.pipeline.report.Picture.Line;
import io.mlopscore.pipeline.report.Picture.Point;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// The plots that a pipeline declares, as pictures of two revisions.
///
/// @param base what is compared with
/// @param head what is looked at
record PlotPictures(Pipeline workspace, String base, String head) {
  private static final String CONFUSION = "confusion";
  private static final String BARS = "bar_";

  List<Picture> find(List<String> problems) throws IOException {
    var data = new Plots(workspace, Mapping.EMPTY, false).data(List.of(), List.of(base, head));
    data.problems()
        .forEach(
            problem ->
                problems.add(
                    "%s of %s: %s"
                        .formatted(problem.plot(), problem.revision(), problem.message())));
    var pictures = new ArrayList<Picture>();
    for (var plot : data.data()) {
      picture(plot)
          .ifPresentOrElse(
              pictures::add,
              () -> problems.add(plot.name() + ": see it by `mlops plots diff " + base + "`"));
    }
    data.images().forEach(images -> made(images).ifPresent(pictures::add));
    return pictures;
  }

  /// Empty for what is neither a matrix nor lines of numbers.
  private Optional<Picture> picture(PlotData plot) {
    if (plot.template().startsWith(CONFUSION)) {
      return Optional.of(new Picture.Matrix(plot.title(), matrix(plot, base), matrix(plot, head)));
    }
    var before = lines(plot, base);
    var now = lines(plot, head);
    boolean isEmpty = before.isEmpty() && now.isEmpty();
    return isEmpty || plot.template().startsWith(BARS)
        ? Optional.empty()
        : Optional.of(new Picture.Curves(plot.title(), plot.xLabel(), plot.yLabel(), before, now));
  }

  private static Optional<Confusion> matrix(PlotData plot, String revision) {
    return Optional.ofNullable(plot.points().get(revision))
        .map(points -> Confusion.of(plot.yLabel(), plot.xLabel(), points));
  }

  private static List<Line> lines(PlotData plot, String revision) {
    var lines = new LinkedHashMap<String, List<Point>>();
    for (var point : plot.points().getOrDefault(revision, List.of())) {
      var x = number(YamlReader.text(point.x()));
      var y = number(YamlReader.text(point.y()));
      if (x.isPresent() && y.isPresent()) {
        lines
            .computeIfAbsent(point.line(), _ -> new ArrayList<>())
            .add(new Point(x.get(), y.get()));
      }
    }
    return lines.entrySet().stream().map(e -> new Line(e.getKey(), e.getValue())).toList();
  }

  /// Tables hold text; what is no number has no place on an axis.
  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private Optional<Picture> made(Plot.Images images) {
    return images.images().isEmpty()
        ? Optional.empty()
        : Optional.of(new Picture.Made(images.name(), of(images, base), of(images, head)));
  }

  private static Optional<Plot.Image> of(Plot.Images images, String revision) {
    return images.images().stream().filter(image -> image.revision().equals(revision)).findFirst();
  }
}
