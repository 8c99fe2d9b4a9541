package io.mlopscore.pipeline.plots;

import io.mlopscore.pipeline.plots.Plot.Images;
import io.mlopscore.pipeline.plots.Plot.Vega;
import io.mlopscore.pipeline.plots.Plots.Drawn;
import io.mlopscore.pipeline.plots.Plots.Problem;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Plots in the shape of `dvc plots show --json`.
public final class PlotsText {
  private PlotsText() {}

  /// @param pictures where copies of pictures are
  public static String json(Drawn drawn, Map<Images, List<Path>> pictures) {
    var data = Mapping.EMPTY;
    for (var plot : drawn.plots()) {
      var shown =
          switch (plot) {
            case Vega vega -> vega(vega);
            case Images images -> images(images, pictures.getOrDefault(images, List.of()));
          };
      data = data.with(plot.name(), shown);
    }
    var all = Mapping.EMPTY;
    if (!drawn.problems().isEmpty()) {
      all =
          all.with("errors", new Items(drawn.problems().stream().map(PlotsText::problem).toList()));
    }
    return JsonText.of(drawn.plots().isEmpty() ? all : all.with("data", data));
  }

  private static Items vega(Vega plot) {
    if (plot.revisions().isEmpty()) {
      return new Items(List.of());
    }
    var shown =
        Mapping.EMPTY
            .with("type", Value.of("vega"))
            .with("revisions", new Items(plot.revisions().stream().map(Value::of).toList()))
            .with("content", plot.drawing());
    if (!plot.filled().isEmpty()) {
      var filled = Mapping.EMPTY;
      for (var gap : plot.filled().entrySet()) {
        filled = filled.with(gap.getKey(), gap.getValue());
      }
      shown = shown.with("anchor_definitions", filled);
    }
    return new Items(List.of(shown));
  }

  private static Items images(Images plot, List<Path> files) {
    var shown = new ArrayList<Value>();
    for (int i = 0; i < files.size(); i++) {
      var revision = Value.of(plot.images().get(i).revision());
      shown.add(
          Mapping.EMPTY
              .with("type", Value.of("image"))
              .with("revisions", new Items(List.of(revision)))
              .with("url", Value.of(files.get(i).toString())));
    }
    return new Items(shown);
  }

  private static Value problem(Problem problem) {
    var shown = Mapping.EMPTY.with("rev", Value.of(problem.revision()));
    if (!problem.plot().isEmpty()) {
      shown = shown.with("name", Value.of(problem.plot()));
      for (var file : problem.file().stream().toList()) {
        shown = shown.with("source", Value.of(file));
      }
    }
    return shown.with("type", Value.of(problem.type())).with("msg", Value.of(problem.message()));
  }
}
