package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Why a stage is stale, with what was and what is.
final class ExplanationTest {
  @TempDir private Path root;

  @BeforeEach
  void project() throws IOException {
    Repository.init(root);
    write("in/a", "a");
    write("params.yaml", "lr: 0.1\nnested: {k: [1]}\n");
    write(
        "dvc.yaml",
        """
        stages:
          s:
            cmd: mkdir -p out && cp in/* out && cp in/a one
            deps: [in]
            params: [lr, nested]
            outs: [out, one]
        """);
    repro();
  }

  private void write(String path, String text) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /// The reasons that a run tells, which are those of `status`.
  private List<String> repro() throws IOException {
    var asked = new ArrayList<String>();
    var pipeline = Pipeline.open(root);
    for (var change : pipeline.status(List.of()).entrySet()) {
      asked.addAll(pipeline.explain(change.getKey(), change.getValue()));
    }
    var told = new ArrayList<String>();
    pipeline.reproduce(
        ReproOptions.DEFAULT,
        new ReproListener() {
          @Override
          public void explained(Stage stage, List<String> reasons) {
            told.addAll(reasons);
          }
        });
    assertThat(told).isEqualTo(asked);
    return told;
  }

  @Test
  void aStageThatNeverRan() throws IOException {
    Files.delete(root.resolve("dvc.lock"));
    assertThat(repro()).first().isEqualTo("it never ran: dvc.lock has no entry for it");
  }

  @Test
  void anotherCommand() throws IOException {
    write("dvc.yaml", Files.readString(root.resolve("dvc.yaml")).replace("in/a one", "in/* one"));
    assertThat(repro())
        .containsExactly(
            "the command was \"mkdir -p out && cp in/* out && cp in/a one\","
                + " is \"mkdir -p out && cp in/* out && cp in/* one\"");
  }

  @Test
  void parametersThatChangedOrWent() throws IOException {
    write("params.yaml", "lr: [1, x]\n");
    assertThat(repro())
        .containsExactly(
            "lr of params.yaml was 0.1, is [1, \"x\"]",
            "nested of params.yaml was {\"k\": [1]}, is not there");
  }

  @Test
  void filesOfADirectory() throws IOException {
    write("in/a", "changed");
    write("in/b", "b");
    assertThat(repro())
        .hasSize(3)
        .satisfies(
            lines -> {
              assertThat(lines.get(0))
                  .matches(
                      "dependency in was .*\\.dir \\(1 files, 1 bytes\\), is .*\\(2 files, 8 bytes\\)");
              assertThat(lines.get(1)).isEqualTo("  modified: a");
              assertThat(lines.get(2)).isEqualTo("  new:      b");
            });
  }

  @Test
  void outputsThatWereChangedOrDeleted() throws IOException {
    Files.delete(root.resolve("one"));
    write("out/more", "x");
    assertThat(repro())
        .hasSize(3)
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).startsWith("output out was ");
              assertThat(lines.get(1)).isEqualTo("  new:      more");
              assertThat(lines.get(2))
                  .isEqualTo("output one was 0cc175b9c0f1b6a831c399e269772661 (1 bytes), is gone");
            });
  }

  @Test
  void contentThatTheCacheLacks() throws IOException {
    Trees.remove(root.resolve(".dvc/cache/files"));
    assertThat(repro())
        .containsExactly(
            "the recorded content of output out is not in the cache",
            "the recorded content of output one is not in the cache");
  }

  @Test
  void aStageThatAlwaysRuns() throws IOException {
    write("dvc.yaml", "stages: {c: {cmd: 'true'}}\n");
    repro();
    assertThat(repro())
        .containsExactly("it runs every time: it has neither dependencies nor outputs");
  }
}
