package io.mlopscore.pipeline.plots;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.plots.Plot.Images;
import io.mlopscore.pipeline.plots.Plot.Vega;
import io.mlopscore.pipeline.plots.Plots.Drawn;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plots are found, joined and drawn on a page of their own.
final class PlotsTest {
  @TempDir private Path root;

  @BeforeEach
  void repository() throws IOException {
    Repository.init(root);
    write("a.csv", "epoch,loss\n0,\"0,9\"\n1,0.5\n");
    write("b.json", "{\"train\": [{\"n\": 0, \"loss\": 1.5}, {\"n\": 1, \"loss\": 0.5}]}");
  }

  private void write(String name, String text) throws IOException {
    var file = root.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private Drawn draw(String... targets) throws IOException {
    return new Plots(Pipeline.open(root), Mapping.EMPTY, false)
        .draw(List.of(targets), List.of(Plots.WORKSPACE));
  }

  private static String rows(Plot plot) {
    var drawing = (Mapping) ((Vega) plot).drawing();
    return JsonText.of(((Mapping) drawing.get("data").orElseThrow()).get("values").orElseThrow());
  }

  @Test
  void aFileIsDrawnByItsLastColumnAndTheNumberOfTheRow() throws IOException {
    var drawn = draw("a.csv");
    assertThat(rows(drawn.plots().getFirst()))
        .isEqualTo(
            "[{\"epoch\": \"0\", \"loss\": \"0,9\", \"rev\": \"workspace\", \"step\": 0},"
                + " {\"epoch\": \"1\", \"loss\": \"0.5\", \"rev\": \"workspace\", \"step\": 1}]");
    assertThat(JsonText.of(((Vega) drawn.plots().getFirst()).drawing()))
        .contains("\"field\": \"loss\"")
        .contains("\"text\": \"a.csv\"")
        .doesNotContain("DVC_METRIC");
  }

  @Test
  void columnsOfSeveralFilesAreToldApartByTheFile() throws IOException {
    write("dvc.yaml", "plots:\n- both:\n    y: {a.csv: loss, b.json: loss}\n");
    var drawing = JsonText.of(((Vega) draw().plots().getFirst()).drawing());
    assertThat(drawing)
        .contains("\"filename\": \"a.csv\"")
        .contains("\"domain\": [\"a.csv\", \"b.json\"]")
        .contains("datum.rev + '::' + datum.filename");
  }

  @Test
  void aFieldThatIsNotThereIsTold() throws IOException {
    write("dvc.yaml", "plots:\n- a.csv: {x: nope}\n");
    var drawn = draw();
    assertThat(drawn.problems()).hasSize(1);
    assertThat(drawn.problems().getFirst().message()).contains("nope").contains("epoch");
    assertThat(drawn.unreadable()).isEmpty();
  }

  @Test
  void theDefinitionOfTheNearestFolderCounts() throws IOException {
    write("d/e/x.csv", "p,q\n1,2\n");
    write("d/y.csv", "p,q\n1,2\n");
    write("dvc.yaml", "plots:\n- d: {y: p}\n- d/e: {y: q}\n");
    assertThat(draw().plots())
        .extracting(plot -> plot.name() + JsonText.of(((Vega) plot).drawing()).contains("\"q\","))
        .hasSize(2);
  }

  @Test
  void thePageNeedsNoNetworkAndEscapesWhatItShows() throws IOException {
    write("a.csv", "epoch,loss\n0,</script><b>\n");
    write("dvc.yaml", "plots:\n- a.csv\n- 'pics'\n");
    write("pics/10.png", "ten");
    write("pics/9.png", "nine");
    var plots = draw().plots();
    assertThat(plots.stream().filter(Images.class::isInstance)).hasSize(2);
    var page = Files.readString(PlotPage.of(Optional.empty()).write(plots, root.resolve("out")));
    assertThat(page).doesNotContain("src=\"http").doesNotContain("</script><b>");
    assertThat(page).contains("vegaEmbed(\"#plot-0\"").contains("static/workspace_pics_9.png");
    assertThat(page.indexOf("pics_9.png")).isLessThan(page.indexOf("pics_10.png"));
    assertThat(root.resolve("out/static/workspace_pics_10.png")).hasContent("ten");
  }

  @Test
  void aTemplateOfTheRepositoryGoesBeforeOurs() throws IOException {
    write(
        ".dvc/plots/simple.json", "{\"data\": \"<DVC_METRIC_DATA>\", \"t\": \"a <DVC_METRIC_X>\"}");
    write("dvc.yaml", "plots:\n- a.csv: {template: simple, x: epoch}\n");
    var drawing = JsonText.of(((Vega) draw().plots().getFirst()).drawing());
    assertThat(drawing).contains("\"t\": \"a epoch\"").contains("\"filename\": \"a.csv\"");
  }

  @Test
  void unknownTemplatesAndPagesWithoutAPlaceAreErrors() throws IOException {
    assertThatThrownBy(() -> Template.builtIn("nope")).isInstanceOf(PipelineException.class);
    write("page.html", "<html></html>");
    assertThatThrownBy(() -> PlotPage.of(Optional.of(root.resolve("page.html"))))
        .hasMessageContaining("{plot_divs}");
  }

  @Test
  void everyTemplateIsThere() throws IOException {
    for (var name : Template.NAMES) {
      assertThat(Template.builtIn(name).has("data")).as(name).isTrue();
    }
  }

  @Test
  void theLibrariesAreThoseThatTheListNames() throws Exception {
    var list = new String(resource("README.md"), UTF_8);
    for (var library : List.of("vega.min.js", "vega-lite.min.js", "vega-embed.min.js")) {
      var hash = MessageDigest.getInstance("SHA-256").digest(resource(library));
      assertThat(list).contains(HexFormat.of().formatHex(hash));
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = PlotsTest.class.getResourceAsStream("vega/" + name)) {
      return java.util.Objects.requireNonNull(in).readAllBytes();
    }
  }
}
