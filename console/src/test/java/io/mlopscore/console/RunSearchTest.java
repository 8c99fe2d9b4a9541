package io.mlopscore.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.RunBatch;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Finding runs on the page of an experiment, and looking at some side by side.
final class RunSearchTest {
  @TempDir private Path directory;
  private ServedConsole console;

  @BeforeEach
  void serve() {
    console = new ServedConsole(directory);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  private String found(String filter, String more) throws Exception {
    var query = URLEncoder.encode(filter, StandardCharsets.UTF_8);
    return console.get("/experiments/0?q=" + query + more).body();
  }

  @Test
  void runsAreFilteredInTheLanguageOfMlflow() throws Exception {
    console.run("0", "small", Map.of("trees", "9"), Map.of("f1", 0.5));
    console.run("0", "large", Map.of("trees", "200"), Map.of("f1", 0.75));

    assertThat(found("metrics.f1 > 0.6 AND params.trees = '200'", ""))
        .contains(">large<")
        .doesNotContain(">small<");
    assertThat(found("metrics.f1 > 2", "")).contains("No run matches.");
  }

  @Test
  void aWrongFilterIsMarkedWhereItIsWrong() throws Exception {
    var query = "metrics.f1 > 0.5 AND params.x = 1";
    assertThat(found(query, ""))
        .contains("aria-invalid=\"true\"", "Expected a quoted string value for parameter")
        .contains("metrics.f1 &gt; 0.5 AND <mark>params.x = 1</mark>");
    assertThat(found("metrics.f1 > 0.5 OR", "")).contains("<mark>OR</mark>");
    assertThat(console.get("/experiments/0?q=x%3D").statusCode()).isEqualTo(400);
  }

  @Test
  void columnsAreChosenInTheAddress() throws Exception {
    var run = console.run("0", "one", Map.of("trees", "9"), Map.of("f1", 0.5, "loss", 0.1));
    console.tracking().store().log(run, new RunBatch(List.of(), Map.of(), Map.of("team", "blue")));

    var page = found("", "&col=metrics.loss&col=tags.team&col=facts.User");
    assertThat(page)
        .contains(">0.1<", ">blue<", ">ann<")
        .doesNotContain(">0.5<")
        .contains("sort=metrics.loss&amp;order=desc&amp;col=metrics.loss");
    assertThat(found("", "")).contains(">0.5<").doesNotContain(">blue<");
  }

  @Test
  void deletedRunsAreInTheBin() throws Exception {
    var run = console.run("0", "gone", Map.of(), Map.of());
    console.tracking().store().deleteRun(run);

    assertThat(found("", "")).doesNotContain(">gone<");
    assertThat(found("", "&view=deleted")).contains(">gone<");
    assertThat(console.get("/runs/" + run).body()).contains("DELETED", ">Restore</button>");
  }

  @Test
  void deletedExperimentOpensOnTheRunsThatWentWithIt() throws Exception {
    var store = console.tracking().store();
    var id = store.createExperiment("past", Map.of());
    console.run(id, "gone", Map.of(), Map.of("f1", 0.5));
    store.deleteExperiment(id);

    var page = console.get("/experiments/" + id).body();
    assertThat(page)
        .contains(">gone<", "1 run<", "<option value=\"\" selected>Deleted</option>")
        .contains("<option value=\"active\">Active</option>");
    assertThat(console.get("/experiments/" + id + "?view=active").body())
        .contains("All of its runs are in the bin.", "Show all runs")
        .doesNotContain(">gone<");
  }

  @Test
  void manyRunsAreReadPageByPage() throws Exception {
    for (var i = 0; i < 101; i++) {
      console.tracking().store().createRun(new NewRun("0", "run-" + i, "ann", 1000 + i, Map.of()));
    }
    var first = found("", "");
    assertThat(first).contains(">run-100<", ">run-1<").doesNotContain(">run-0<");
    var next = Pattern.compile("href=\"([^\"]+)\" rel=\"next\"").matcher(first);
    assertThat(next.find()).isTrue();
    assertThat(console.get(next.group(1).replace("&amp;", "&")).body())
        .contains(">run-0<", "First page")
        .doesNotContain(">run-1<", "rel=\"next\"");
  }

  @Test
  void comparedRunsAreMarkedWhereTheyDiffer() throws Exception {
    var one = console.run("0", "one", Map.of("trees", "9", "seed", "1"), Map.of("f1", 0.5));
    var two = console.run("0", "two", Map.of("trees", "10", "seed", "1"), Map.of("f1", 0.75));

    var compare = "/compare?run=" + one + "&run=" + two;
    assertThat(console.get(compare).body())
        .containsPattern("<tr class=\"differs\"><th scope=\"row\" title=\"trees\">")
        .containsPattern("<tr class=\"\"><th scope=\"row\" title=\"seed\">")
        .contains("<strong class=\"best\">0.75</strong>");
    assertThat(console.get(compare + "&rows=different").body())
        .contains("title=\"trees\"")
        .doesNotContain("title=\"seed\"");
    assertThat(console.get("/compare").statusCode()).isEqualTo(400);
  }
}
