package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.yaml.YamlException;
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
        .hasMessageStartingWith("dvc.yaml:4:5: unknown key 'dep' in stages.a");
  }

  @Test
  void aStageNeedsACommand() {
    assertThatThrownBy(() -> nodes("stages:\n  a:\n    deps: [y]\n"))
        .hasMessageStartingWith("dvc.yaml:2:3: stages.a needs the key 'cmd'");
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
  void theMemberOfALoopIsNamed() {
    assertThatThrownBy(
            () -> nodes("stages:\n  a: {foreach: [{x: 1}, {y: 2}], do: {cmd: 'x ${item.x}'}}\n"))
        .hasMessageStartingWith("dvc.yaml:2: stages.a@1.cmd: '${item.x}'");
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

  @Test
  void membersAreNamedAsDvcNamesThem() throws IOException {
    Files.writeString(
        root.resolve("params.yaml"), "l: [true, null, 2.50, 1e-7]\nd: {k: 1, l: 2}\n");
    assertThat(
            commands(
                """
                stages:
                  a: {foreach: [true, 1, 1.0, null, 1e-7, x y, x y], do: {cmd: 'echo ${item}'}}
                  b: {foreach: '${l}', do: {cmd: 'echo ${item}'}}
                  c: {foreach: ['${l[0]}', false], do: {cmd: echo}}
                  m: {matrix: {m: '${l[0]}x', n: [true, {z: 1}], o: '${d}'}, cmd: 'echo ${item.m}'}
                """))
        .startsWith(
            "a@true: [echo true]",
            "a@1: [echo 1]",
            "a@1.0: [echo 1.0]",
            "a@None: [echo None]",
            "a@1e-07: [echo 1e-07]",
            "a@x y: [echo x y]",
            "b@True: [echo true]",
            "b@None: [echo None]",
            "b@2.5: [echo 2.5]",
            "b@1e-07: [echo 1e-07]",
            "c@True: [echo]",
            "c@false: [echo]",
            "m@t-true-k: [echo t]",
            "m@t-true-l: [echo t]",
            "m@t-n1-k: [echo t]");
  }

  @Test
  void placeholdersReachIntoListsAndAnyName() throws IOException {
    Files.writeString(root.resolve("params.yaml"), "x: {y: 5}\nl: [1, 2]\na/b: 7\nn: .nan\n");
    assertThat(
            commands("stages:\n  a b:\n    cmd: ${ x . y } ${l[-1]} ${l[ 0 ]} ${a/b} ${n} ${l\n"))
        .containsExactly("a b: [5 2 1 7 nan ${l]");
    for (var wrong :
        List.of("${}", "${l[0}", "${l[x.y]}", "${l[2]}", "${x.y.z}", "x ${l}", "${l}")) {
      assertThatThrownBy(() -> nodes("stages:\n  a:\n    cmd: '" + wrong + "'\n"))
          .as(wrong)
          .isInstanceOf(PipelineException.class);
    }
  }

  @Test
  void varsAreNeverRedefined() throws IOException {
    Files.writeString(root.resolve("params.yaml"), "x: {a: 1}\ny: 2\n");
    Files.writeString(root.resolve("v.toml"), "q = 5\n[x]\nb = 2\n");
    var stage = "stages:\n  a:\n    cmd: ${x.a} ${x.b} ${q}\n";
    assertThat(commands("vars: [params.yaml, v.toml, v.toml]\n" + stage))
        .containsExactly("a: [1 2 5]");
    assertThat(commands("vars: ['v.toml:q', 'v.toml:x']\n" + stage)).containsExactly("a: [1 2 5]");
    assertThatThrownBy(() -> nodes("vars: [{y: 3}]\n" + stage))
        .hasMessageContaining(
            "cannot redefine 'y' from 'vars[0]' as it already exists in 'params.yaml'");
    assertThatThrownBy(() -> nodes("vars: ['v.toml:q', v.toml]\n" + stage))
        .hasMessageContaining("partially loaded");
    assertThatThrownBy(() -> nodes("vars: ['params.yaml:y']\n" + stage))
        .hasMessageContaining("already loaded");
    assertThatThrownBy(() -> nodes("vars: ['v.toml:none']\n" + stage))
        .hasMessageContaining("'none'");
    assertThatThrownBy(() -> nodes("vars: [{z: '${y}'}]\n" + stage)).hasMessageContaining("vars");
  }

  @Test
  void varsOfAStageAreFoundWhereItRuns() throws IOException {
    Files.createDirectories(root.resolve("sub"));
    Files.writeString(root.resolve("sub/v.yaml"), "x: 1\n");
    assertThat(
            commands(
                "stages:\n  a:\n    wdir: sub\n    vars: [v.yaml, {z: 3}]\n    cmd: ${x} ${z}\n"))
        .containsExactly("a: [1 3]");
    assertThatThrownBy(
            () -> nodes("stages: {a: {foreach: [1], do: {vars: [{item: 2}], cmd: echo}}}\n"))
        .hasMessageContaining("item");
  }

  @Test
  void aDateInTheParametersIsNamed() throws IOException {
    Files.writeString(root.resolve("params.yaml"), "a: {when: [2020-01-02]}\n");
    assertThatThrownBy(() -> nodes("stages:\n  a:\n    cmd: echo\n"))
        .hasMessageContaining("a.when")
        .hasMessageContaining("2020-01-02");
  }

  @Test
  void allTypesAreNamedThatWouldDo() {
    assertThatThrownBy(() -> nodes("stages:\n  a: {cmd: 5}\n"))
        .hasMessage("dvc.yaml:2:7: stages.a.cmd must be a string or a list, not an integer");
    assertThatThrownBy(() -> nodes("plots: [{a: {y: 5}}]\n"))
        .hasMessageEndingWith("plots.0.a.y must be a string, a list or a mapping, not an integer");
  }

  @Test
  void wrongTypesAreNamedWithLineAndColumn() {
    var wrong =
        java.util.Map.of(
            "stages: []\n", "dvc.yaml:1:1: stages must be a mapping, not a list",
            "stages:\n  a: {cmd: x, deps: a}\n", "dvc.yaml:2:15: stages.a.deps must be a list",
            "stages:\n  a: {cmd: x, deps: [b, 1]}\n",
                "dvc.yaml:2:25: stages.a.deps.1 must be a str",
            "stages:\n  a: null\n", "dvc.yaml:2:3: stages.a must be a mapping",
            "stages:\n  1: {cmd: x}\n", "dvc.yaml:2:3: the name in stages.1 must be a string",
            "stages:\n  a: {cmd: x, outs: [{p: {cache: 1}}]}\n",
                "dvc.yaml:2:27: stages.a.outs.0.p.cache",
            "stages:\n  a: {foreach: [1], cmd: x}\n", "dvc.yaml:2:21: unknown key 'cmd'",
            "plots: [{a: {z: 1}}]\n", "dvc.yaml:1:14: unknown key 'z' in plots.0.a",
            "artifacts: {a: {type: x}}\n", "dvc.yaml:1:13: artifacts.a needs the key 'path'",
            "metrics: [1]\n", "dvc.yaml:1:11: metrics.0 must be a string");
    wrong.forEach(
        (text, message) ->
            assertThatThrownBy(() -> nodes(text)).as(text).hasMessageStartingWith(message));
  }

  @Test
  void declarationsBesideTheStagesAreFilledIn() throws IOException {
    Files.writeString(root.resolve("params.yaml"), "m: mm\n");
    Files.writeString(
        root.resolve("dvc.yaml"),
        """
        metrics: ['${m}']
        params: ['${m}']
        plots: ['${m}', {'${m}x': {x: a}}]
        artifacts: {'${m}': {path: '${m}.bin'}}
        datasets: [{name: '${m}', type: url}]
        """);
    var found = StageFile.declarations(Repository.containing(root), root.resolve("dvc.yaml"));
    assertThat(found.metrics()).containsExactly("mm");
    assertThat(found.params()).containsExactly("mm");
    assertThat(found.plots()).hasSize(2);
    assertThat(found.artifacts().get("mm")).isPresent();
    assertThat(found.datasets()).hasSize(1);
  }

  @Test
  void hostileFilesAreErrorsThatNameTheFile() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
    }
    var deep = "stages: {a: {cmd: x, meta: " + "[".repeat(10_000) + "]".repeat(10_000) + "}}\n";
    var blocks = new StringBuilder("stages:\n  a:\n    cmd: x\n    meta:\n");
    for (int i = 0; i < 1_000; i++) {
      blocks.append(" ".repeat(5 + i)).append("k:\n");
    }
    var conflict = "<<<<<<< HEAD\nstages: {}\n=======\n>>>>>>> b\n";
    for (var text :
        List.of(
            bomb.toString(),
            deep,
            blocks.toString(),
            "stages: {a: {cmd: x, outs: [../p]}}\n",
            "stages: {a: {cmd: x}, a: {cmd: y}}\n",
            "stages: &s {a: *s}\n",
            "stages: {a: {cmd: \"x\0y\"}}\n",
            conflict)) {
      assertThatThrownBy(() -> nodes(text))
          .isInstanceOfAny(PipelineException.class, YamlException.class)
          .hasMessageContaining("dvc.yaml");
    }
    assertThatThrownBy(() -> nodes(conflict)).hasMessageContaining("merge conflict");
  }

  @Test
  void aHugeScalarIsOnlyText() throws IOException {
    assertThat(nodes("stages: {a: {cmd: " + "x".repeat(8 << 20) + "}}\n")).hasSize(1);
  }

  @Test
  void brokenLocksAreErrorsThatNameTheirPlace() throws IOException {
    Files.writeString(root.resolve("dvc.yaml"), "stages: {a: {cmd: x}}\n");
    var broken =
        java.util.Map.of(
            "a: [\n", "dvc.lock:2",
            "schema: '3.0'\n", "3.0",
            "schema: '2.0'\nstages: {a: {cmd: x, foo: 1}}\n", "dvc.lock:2:22: unknown key 'foo'",
            "schema: '2.0'\nstages: {a: {deps: []}}\n", "dvc.lock:2:10: stages.a needs the key",
            "<<<<<<< HEAD\na: 1\n=======\n>>>>>>> b\n", "merge conflict");
    for (var entry : broken.entrySet()) {
      Files.writeString(root.resolve("dvc.lock"), entry.getKey());
      assertThatThrownBy(() -> Pipeline.open(root).status(List.of()))
          .as(entry.getKey())
          .hasMessageContaining(entry.getValue());
    }
  }
}
