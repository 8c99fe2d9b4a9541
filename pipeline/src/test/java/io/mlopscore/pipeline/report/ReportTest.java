package io.mlopscore.pipeline.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What differs between two revisions is told, judged, drawn, and kept within a comment.
final class ReportTest {
  @TempDir private Path root;
  private Project project;

  @BeforeEach
  void project() throws IOException {
    project = new Project(root);
  }

  /// Everything that can differ does.
  private Report changed() throws IOException {
    project.metrics("0.9", 8);
    project.write("params.yaml", "train: {trees: 200, depth: 3}\n");
    project.write("loss.csv", "epoch,loss\n0,1.5\n1,0.5\n2,0.25\n");
    project.write("guesses.csv", "actual,predicted\ncat,cat\ncat,cat\ndog,dog\n");
    project.data("raw.csv", "2");
    project.data("more.csv", "3");
    project.commit("head");
    return project.report("base", "head");
  }

  private static String golden(String name) throws IOException {
    try (var in = ReportTest.class.getResourceAsStream(name)) {
      return in == null ? "there is no " + name : new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void aCommentTellsAllThatChanged() throws IOException {
    assertThat(Project.markdown(changed())).isEqualTo(golden("changed.md"));
  }

  @Test
  void programsGetTheSameAsJson() throws IOException {
    assertThat(Project.json(changed())).isEqualTo(golden("changed.json"));
  }

  @Test
  void bothSidesAreDrawn() throws IOException {
    var report = changed();
    var files = new PictureFiles(report);
    files.write(root.resolve("out"), "report.md", "text");
    for (var picture : report.pictures()) {
      var name = files.of(picture).getFirst();
      assertThat(root.resolve("out").resolve(name)).content().isEqualTo(golden(name));
    }
    assertThat(report.pictures()).hasSize(3);
    assertThat(root.resolve("out/report.md")).hasContent("text");
  }

  @Test
  void whereNothingChangedThatIsSaid() throws IOException {
    var report = project.report("base", "HEAD");
    assertThat(report.passed()).isTrue();
    assertThat(report.changedMetrics()).isEmpty();
    assertThat(Project.markdown(report))
        .contains("## Model: ✅ 1 gate passed", "`HEAD` (COMMIT) beside `base` (COMMIT).")
        .contains("None changed.", "<summary>2 unchanged</summary>")
        .doesNotContain("### Parameters", "### Data", "### Not shown");
    project.write("mlops.yaml", "model: {name: m}\n");
    project.commit("ungated");
    assertThat(Project.markdown(project.report("ungated", "HEAD")))
        .contains("## Model: nothing changed");
  }

  @Test
  void aGateThatFailsIsTold() throws IOException {
    project.metrics("0.93", 9);
    var report = project.report("base", "workspace");
    assertThat(report.passed()).isFalse();
    assertThat(Project.markdown(report))
        .contains("## Model: ❌ 1 of 1 gate failed")
        .contains("❌ worse by 0.02, 0.01 is allowed");
  }

  @Test
  void aGateOfTheCommandGoesBeforeThatOfTheFile() throws IOException {
    assertThat(project.report("base", "workspace", "accuracy:min=0.99").passed()).isFalse();
    assertThat(project.report("base", "workspace", "metrics.json:n:min=20").passed()).isTrue();
    assertThat(project.report("base", "workspace", "recall:min=0").passed()).isFalse();
  }

  @Test
  void whoeverChangesAGateIsSeenToDoSo() throws IOException {
    project.write("mlops.yaml", "gates:\n- {metric: accuracy, min: 0.5}\n");
    assertThat(Project.markdown(project.report("base", "workspace")))
        .contains("This change also changes the gates:")
        .contains("- `accuracy: at least 0.5, before: at least 0.9, at most 0.01 lower`");
  }

  @Test
  void brokenGatesOfTheBaseCanBeMended() throws IOException {
    project.write("mlops.yaml", "gates: 1\n");
    project.commit("broken");
    project.write("mlops.yaml", "gates:\n- {metric: accuracy, min: 0.5}\n");
    assertThat(project.report("broken", "workspace").problems())
        .containsExactly(
            "the gates of the base cannot be read: mlops.yaml: 'gates' must be a list, each with"
                + " '- metric: NAME'");
  }

  @Test
  void onTheFirstRunThereIsNothingToCompareWith() throws IOException {
    for (var name : new String[] {"metrics.json", "loss.csv", "guesses.csv"}) {
      project.delete(name);
    }
    project.write("dvc.yaml", "");
    project.commit("empty");
    project.write("dvc.yaml", "metrics: [metrics.json]\nplots: [loss.csv]\n");
    project.metrics("0.95", 9);
    project.write("loss.csv", "epoch,loss\n0,1.5\n");
    var report = project.report("empty", "workspace");
    assertThat(report.isFirst()).isTrue();
    assertThat(report.passed()).isTrue();
    assertThat(report.problems()).isEmpty();
    assertThat(Project.markdown(report))
        .contains("There are no metrics at the base to compare with.")
        .contains("✅ passed, nothing to compare with", "| - → 10 |");
    assertThat(new PictureFiles(report).of(report.pictures().getLast())).hasSize(1);
  }

  @Test
  void anUnknownRevisionIsNamedWithARemedy() {
    assertThatThrownBy(() -> project.report("origin/main", "workspace"))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("unknown Git revision 'origin/main'")
        .hasMessageContaining("fetch-depth: 0");
  }

  @Test
  void aNameThatSeveralFilesHaveMustBeMadeClear() throws IOException {
    project.write("dvc.yaml", "metrics: [metrics.json, other.json]\n");
    project.write("other.json", "{\"accuracy\": 1}");
    assertThatThrownBy(() -> project.report("base", "workspace"))
        .hasMessage(
            "the gate on 'accuracy' may mean [metrics.json:accuracy, other.json:accuracy];"
                + " write FILE:NAME");
  }

  @Test
  void aFolderThatCannotBeWrittenIntoIsNamed() throws IOException {
    project.write("taken", "");
    var files = new PictureFiles(project.report("base", "workspace"));
    assertThatThrownBy(() -> files.write(root.resolve("taken"), "report.md", ""))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("taken")
        .hasMessageEndingWith("name another folder with --output");
  }

  @Test
  void aLongReportIsCutWhereACommentEnds() throws IOException {
    var params = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      params.append("parameter_%d: %d\n".formatted(i, i));
    }
    project.write("params.yaml", params.toString());
    var text = Project.markdown(project.report("base", "workspace"));
    assertThat(text.length()).isBetween(20_000, 65_536);
    assertThat(text)
        .contains("### Pictures", "and 4002 more", "The rest does not fit into a comment");
  }

  @Test
  void picturesThatAreSomewhereAreLinked() throws IOException {
    var links =
        new PictureSection.Links(
            Optional.of("https://example.org/pr-1/"), Optional.of("https://example.org/run"));
    assertThat(Project.markdown(changed(), links))
        .contains("![2-Loss.svg](https://example.org/pr-1/2-Loss.svg)")
        .contains("[All pictures](https://example.org/run)")
        .doesNotContain("mermaid");
  }

  @Test
  void namesOfStrangersAreNothingButText() throws IOException {
    project.write("params.yaml", "\"a|b <img src=x> @team `c`\": \"[x](http://e.org)\\n## y\"\n");
    var text = Project.markdown(project.report("base", "workspace"));
    assertThat(text).contains("`` a\\|b <img src=x> @team `c` ``", "`[x](http://e.org) ## y`");
  }

  @Test
  void aProjectBelowTheRootHasItsOwnMarker() throws IOException {
    var below = Files.createDirectories(root.resolve("examples/iris"));
    project.write("examples/iris/dvc.yaml", "");
    var report = new Comparison(Pipeline.open(below), "base", "workspace", List.of()).report();
    assertThat(Project.markdown(report))
        .startsWith("<!-- mlops report examples/iris -->\n## Model of `examples/iris`: ");
  }
}
