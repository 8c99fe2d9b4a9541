package io.mlopscore.pipeline.plots;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.plots.Plot.Images;
import io.mlopscore.pipeline.plots.Plot.Vega;
import io.mlopscore.pipeline.yaml.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A page with plots. It holds the libraries that draw them, so that it opens without a network;
/// pictures lie beside it, in `static/`.
public final class PlotPage {
  private static final String PLOTS = "{plot_divs}";
  private static final String SCRIPTS = "{scripts}";
  private static final String REFRESH = "{refresh_tag}";

  private static final List<String> LIBRARIES =
      List.of("vega.min.js", "vega-lite.min.js", "vega-embed.min.js");

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>Plots</title>
      {scripts}
      <style>
      body { font-family: sans-serif; margin: 2em; }
      .plot { display: inline-block; vertical-align: top; margin: 1em; }
      .plot figure { display: inline-block; margin: 0.5em; }
      .plot img { max-width: 40em; border: 1px solid #ccc; }
      </style>
      </head>
      <body>
      {plot_divs}
      </body>
      </html>
      """;

  private final String page;

  private PlotPage(String page) {
    this.page = page;
  }

  /// @param template a page with `{plot_divs}` and `{scripts}` to fill; empty for ours
  /// @throws PipelineException when it does not say where the plots go
  public static PlotPage of(Optional<Path> template) throws IOException {
    var page = template.isPresent() ? Files.readString(template.get()) : PAGE;
    if (!page.contains(PLOTS)) {
      throw new PipelineException(
          "the page '%s' has no %s, where plots go".formatted(template.orElse(null), PLOTS));
    }
    return new PlotPage(page);
  }

  /// Writes `index.html` and the pictures.
  ///
  /// @return the page
  public Path write(List<Plot> plots, Path folder) throws IOException {
    Files.createDirectories(folder);
    var parts = new ArrayList<String>();
    for (var plot : plots) {
      if (plot instanceof Vega vega && !vega.revisions().isEmpty()) {
        parts.add(drawing(vega, parts.size()));
      }
    }
    boolean hasDrawings = !parts.isEmpty();
    for (var images : inOrder(plots)) {
      parts.add(pictures(images, folder));
    }
    var file = folder.resolve("index.html");
    var filled =
        page.replace(REFRESH, "")
            .replace(SCRIPTS, hasDrawings ? libraries() : "")
            .replace(PLOTS, String.join("\n", parts));
    Files.writeString(file, filled);
    return file;
  }

  /// Folder by folder, pictures with numbers for names by number.
  private static List<Images> inOrder(List<Plot> plots) {
    return plots.stream()
        .filter(Images.class::isInstance)
        .map(Images.class::cast)
        .sorted(
            Comparator.comparing((Images images) -> folder(images.name()))
                .thenComparing(images -> number(images.name()))
                .thenComparing(Images::name))
        .toList();
  }

  private static String folder(String name) {
    return name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : "";
  }

  private static Integer number(String name) {
    var file = name.substring(name.lastIndexOf('/') + 1).replaceFirst("\\.[^.]*$", "");
    return file.matches("[0-9]{1,9}") ? Integer.valueOf(file) : Integer.MAX_VALUE;
  }

  /// `<` is escaped so that no text of the data ends the script.
  private static String drawing(Vega plot, int number) {
    var json = JsonText.of(plot.drawing()).replace("<", "\\u003c");
    var id = "plot-%d".formatted(number);
    return """
        <div class="plot" id="%1$s"><script>
        vegaEmbed("#%1$s", %2$s).catch(error => {
          document.getElementById("%1$s").append(String(error));
        });
        </script></div>"""
        .formatted(id, json);
  }

  private static String libraries() throws IOException {
    var scripts = new StringBuilder();
    for (var library : LIBRARIES) {
      try (var in = PlotPage.class.getResourceAsStream("vega/" + library)) {
        if (in == null) {
          throw new IOException(library + " is not in this installation");
        }
        scripts.append("<script>").append(new String(in.readAllBytes(), UTF_8));
        scripts.append("</script>\n");
      }
    }
    return scripts.toString();
  }

  private static String pictures(Images plot, Path folder) throws IOException {
    var files = writePictures(plot, folder.resolve("static"));
    var figures = new StringBuilder();
    for (int i = 0; i < files.size(); i++) {
      figures.append(
          "<figure><figcaption>%s</figcaption><img src=\"static/%s\" alt=\"%s\"></figure>"
              .formatted(
                  escaped(plot.images().get(i).revision()),
                  escaped(files.get(i).toUri().getRawPath().replaceFirst(".*/", "")),
                  escaped(plot.name())));
    }
    return "<div class=\"plot\"><p>%s</p>%s</div>".formatted(escaped(plot.name()), figures);
  }

  /// Copies pictures into a folder, those of all revisions beside each other.
  public static List<Path> writePictures(Images plot, Path folder) throws IOException {
    Files.createDirectories(folder);
    var files = new ArrayList<Path>();
    for (var image : plot.images()) {
      var file = folder.resolve(image.copyName());
      Files.write(file, image.content());
      files.add(file);
    }
    return files;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
