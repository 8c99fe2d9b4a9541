package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A `dvc.yaml` becomes stages, or an error that says where and what.
final class StageFileTest {
  @TempDir private Path root;

  @BeforeEach
  void repository() throws IOException {
    Repository.init(root);
  }

  private List<Node> nodes(String stages) throws IOException {
    Files.writeString(root.resolve("dvc.yaml"), stages);
    return Pipeline.open(root).graph().nodes();
  }

  private List<String> commands(String stages) throws IOException {
    return nodes(stages).stream()
        .map(node -> ((Stage) node).name() + ": " + ((Stage) node).command().shells())
        .toList();
  }

  @Test
  void aMisspeltKeyIsNamedWithItsLine() {
    assertThatThrownBy(() -> nodes("stages:\n  a:\n    cmd: x\n    dep: [y]\n"))
        .isInstanceOf(PipelineException.class)
        .hasMessageStartingWith("dvc.yaml:4: unknown key 'dep' in stages.a");
  }

  @Test
  void aStageNeedsACommand() {
    assertThatThrownBy(() -> nodes("stages:\n  a:\n    deps: [y]\n"))
        .hasMessageStartingWith("dvc.yaml:2: stages.a: 'cmd'");
  }

  @Test
  void stagesInACircleAreNamed() {
    var circle =
        """
        stages:
          a: {cmd: x, deps: [c], outs: [a]}
          b: {cmd: x, deps: [a], outs: [b]}
          c: {cmd: x, deps: [b], outs: [c]}
        """;
    assertThatThrownBy(() -> nodes(circle)).hasMessageContaining("'a' -> 'c' -> 'b' -> 'a'");
  }

  @Test
  void anOutputWrittenTwiceIsNamedWithBothStages() {
    assertThatThrownBy(() -> nodes("stages:\n  a: {cmd: x, outs: [o]}\n  b: {cmd: x, outs: [o]}\n"))
        .hasMessageContaining("'o'")
        .hasMessageContaining("'a'")
        .hasMessageContaining("'b'");
  }

  @Test
  void anOutputInsideAnotherIsRefused() {
    assertThatThrownBy(
            () -> nodes("stages:\n  a: {cmd: x, outs: [o]}\n  b: {cmd: x, outs: [o/p]}\n"))
        .hasMessageContaining("inside output 'o'");
  }

  @Test
  void aStageThatReadsItsOwnOutputIsRefused() {
    assertThatThrownBy(() -> nodes("stages:\n  a: {cmd: x, deps: [o/p], outs: [o]}\n"))
        .hasMessageContaining("'a'");
  }

  @Test
  void templatesTakeParametersAndVars() throws IOException {
    Files.writeString(root.resolve("params.yaml"), "lr: 1e-5\ndeep: {list: [x, y]}\n");
    assertThat(
            commands(
                """
                vars:
                - name: model
                stages:
                  a:
                    cmd: train ${lr} ${deep.list[1]} ${name} \\${HOME}
                """))
        .containsExactly("a: [train 1e-05 y model ${HOME}]");
  }

  @Test
  void aMappingInACommandBecomesOptions() throws IOException {
    Files.writeString(
        root.resolve("params.yaml"),
        "t: {lr: 0.1, on: true, off: false, n: {s: a b}, l: [1, 2]}\n");
    assertThat(commands("stages:\n  a:\n    cmd: x ${t}\n"))
        .containsExactly("a: [x --lr 0.1 --on --n.s 'a b' --l 1 2]");
  }

  @Test
  void anUndefinedNameIsNamedWithItsPlace() {
    assertThatThrownBy(() -> nodes("stages:\n  a:\n    cmd: x ${none.y}\n"))
        .hasMessageContaining("dvc.yaml:2: stages.a.cmd")
        .hasMessageContaining("${none.y}");
  }

  @Test
  void loopsMakeAStageEach() throws IOException {
    assertThat(
            commands(
                """
                stages:
                  each:
                    foreach: {x: {v: 1}, y: {v: 2}}
                    do:
                      cmd: run ${key} ${item.v}
                """))
        .containsExactly("each@x: [run x 1]", "each@y: [run y 2]");
  }

  @Test
  void matricesMakeAStageForEachCombination() throws IOException {
    assertThat(
            commands(
                """
                stages:
                  grid:
                    matrix: {m: [cnn, rnn], f: [{n: 1}, {n: 2}]}
                    cmd: run ${item.m} ${item.f.n}
                """))
        .containsExactly(
            "grid@cnn-f0: [run cnn 1]",
            "grid@cnn-f1: [run cnn 2]",
            "grid@rnn-f0: [run rnn 1]",
            "grid@rnn-f1: [run rnn 2]");
  }
}
