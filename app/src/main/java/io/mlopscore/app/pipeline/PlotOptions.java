package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.plots.Plot;
import io.mlopscore.pipeline.plots.Plot.Images;
import io.mlopscore.pipeline.plots.Plot.Vega;
import io.mlopscore.pipeline.plots.PlotPage;
import io.mlopscore.pipeline.plots.Plots;
import io.mlopscore.pipeline.plots.Plots.Drawn;
import io.mlopscore.pipeline.plots.PlotsText;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What `plots show` and `plots diff` have in common.
final class PlotOptions {
  @Mixin private final PlotProperties properties = new PlotProperties();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FOLDER",
      description = "Where the page goes (dvc_plots).")
  private @Nullable String out;

  @Option(names = "--show-vega", description = "Print the drawing of one plot as Vega-Lite.")
  private boolean vega;

  @Option(names = "--json", description = "Print all drawings as JSON.")
  private boolean json;

  @Option(names = "--split", description = "With --json: what fills the templates apart.")
  private boolean split;

  @Option(names = "--open", description = "Open the page in the browser.")
  private boolean open;

  @Option(
      names = "--html-template",
      paramLabel = "FILE",
      description = "A page with {plot_divs} and {scripts} to fill.")
  private @Nullable String page;

  int run(Pipeline pipeline, List<String> targets, List<String> revisions) throws IOException {
    if (vega) {
      checkVega(targets);
    }
    var drawn = new Plots(pipeline, properties.given(), split && json).draw(targets, revisions);
    for (var problem : drawn.problems()) {
      System.err.printf("WARNING: In '%s', %s%n", problem.revision(), problem.message());
    }
    if (!drawn.unreadable().isEmpty()) {
      System.err.printf(
          "Some plots could not be loaded for these revisions: '%s'.%n",
          String.join(", ", drawn.unreadable()));
    }
    return json ? printJson(pipeline, drawn) : vega ? printVega(drawn) : writePage(pipeline, drawn);
  }

  private void checkVega(List<String> targets) {
    if (targets.isEmpty()) {
      throw new PipelineException("please specify a target for `--show-vega`");
    }
    if (targets.size() > 1) {
      throw new PipelineException("--show-vega takes only one target");
    }
    if (json) {
      throw new PipelineException("--show-vega and --json are mutually exclusive");
    }
  }

  private Path folder(Pipeline pipeline) {
    var configured = pipeline.repository().config().plots().directory();
    return pipeline.resolve(out == null ? configured.orElse("dvc_plots") : out);
  }

  private int printJson(Pipeline pipeline, Drawn drawn) throws IOException {
    Map<Images, List<Path>> pictures = new LinkedHashMap<>();
    for (var plot : drawn.plots()) {
      if (plot instanceof Images images) {
        pictures.put(images, PlotPage.writePictures(images, folder(pipeline)));
      }
    }
    System.out.println(PlotsText.json(drawn, pictures));
    return 0;
  }

  private static int printVega(Drawn drawn) {
    drawn.plots().stream()
        .filter(Vega.class::isInstance)
        .findFirst()
        .ifPresent(plot -> System.out.println(JsonText.of(((Vega) plot).drawing())));
    return 0;
  }

  private int writePage(Pipeline pipeline, Drawn drawn) throws IOException {
    List<Plot> plots = drawn.plots();
    if (plots.isEmpty()) {
      System.err.println("No plots were loaded, visualization file will not be created.");
      return 0;
    }
    var file = PlotPage.of(template(pipeline)).write(plots, folder(pipeline));
    System.out.println("file://" + file.toUri().getRawPath());
    if (open || pipeline.repository().config().plots().autoOpen()) {
      Browser.open(file);
    }
    return 0;
  }

  private Optional<Path> template(Pipeline pipeline) {
    var dvc = pipeline.repository().root().resolve(".dvc");
    return page != null
        ? Optional.of(pipeline.resolve(page))
        : pipeline.repository().config().plots().template().map(dvc::resolve);
  }

  /// How to draw, as options.
  static final class PlotProperties {
    @Option(
        names = {"-t", "--template"},
        paramLabel = "NAME",
        description = "A template: one of `mlops plots templates`, or a file.")
    private @Nullable String template;

    @Option(names = "-x", paramLabel = "FIELD", description = "What goes along the x axis.")
    private @Nullable String x;

    @Option(names = "-y", paramLabel = "FIELD", description = "What goes along the y axis.")
    private @Nullable String y;

    @Option(names = "--no-header", description = "The first line of a table is no header.")
    private boolean noHeader;

    @Option(names = "--title", paramLabel = "TEXT", description = "What stands above.")
    private @Nullable String title;

    @Option(names = "--x-label", paramLabel = "TEXT", description = "What stands at the x axis.")
    private @Nullable String xLabel;

    @Option(names = "--y-label", paramLabel = "TEXT", description = "What stands at the y axis.")
    private @Nullable String yLabel;

    /// Those that are given, by their names in `dvc.yaml`.
    Mapping given() {
      var given = new LinkedHashMap<Value, Value>();
      for (var entry : texts()) {
        given.put(Value.of(entry.getKey()), Value.of(entry.getValue()));
      }
      if (noHeader) {
        given.put(Value.of("header"), new Value.Bool(false));
      }
      return new Mapping(given);
    }

    private List<Map.Entry<String, String>> texts() {
      var texts = new ArrayList<Map.Entry<String, String>>();
      add(texts, "template", template);
      add(texts, "x", x);
      add(texts, "y", y);
      add(texts, "title", title);
      add(texts, "x_label", xLabel);
      add(texts, "y_label", yLabel);
      return texts;
    }

    private static void add(
        List<Map.Entry<String, String>> texts, String name, @Nullable String value) {
      if (value != null) {
        texts.add(Map.entry(name, value));
      }
    }
  }
}
