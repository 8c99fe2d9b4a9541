package io.mlopscore.pipeline.report;

import io.mlopscore.pipeline.plots.Plot;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Something to look at, of both revisions.
public sealed interface Picture {
  String name();

  /// How often each label was given for each true one.
  ///
  /// @param before empty when the base has none
  /// @param now empty when the head has none
  record Matrix(String name, Optional<Confusion> before, Optional<Confusion> now)
      implements Picture {
    /// Those of either side.
    SortedSet<String> labels() {
      var labels = new TreeSet<String>();
      before.ifPresent(side -> labels.addAll(side.labels()));
      now.ifPresent(side -> labels.addAll(side.labels()));
      return labels;
    }

    /// The side that tells what rows and columns are.
    Confusion either() {
      return now.or(() -> before).orElseThrow();
    }
  }

  /// Lines over one axis.
  record Curves(String name, String xLabel, String yLabel, List<Line> before, List<Line> now)
      implements Picture {
    public Curves {
      before = List.copyOf(before);
      now = List.copyOf(now);
    }
  }

  /// @param points in the order they are drawn in
  record Line(String name, List<Point> points) {
    public Line {
      points = List.copyOf(points);
    }
  }

  record Point(double x, double y) {}

  /// Pictures that a stage made, kept as they are.
  record Made(String name, Optional<Plot.Image> before, Optional<Plot.Image> now)
      implements Picture {}
}
