package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The graph as it is shown.
final class DagTest {
  @TempDir private Path root;

  @BeforeEach
  void project() throws IOException {
    Repository.init(root);
    Files.writeString(
        root.resolve("dvc.yaml"),
        """
        stages:
          first: {cmd: echo 1 > a; echo 2 > b, outs: [a, b]}
          each: {foreach: [x, y], do: {cmd: 'cp a ${item}', deps: [a], outs: ['${item}']}}
          last: {cmd: cat x y > l, deps: [x, y], outs: [l]}
          alone: {cmd: 'echo "<&" > z; exit 3', outs: [z]}
        """);
  }

  private DagGraph graph(List<String> targets, boolean full, boolean outputs, boolean collapsed)
      throws IOException {
    var view = new DagGraph.View(targets, full, outputs, collapsed);
    return DagGraph.of(Pipeline.open(root), view);
  }

  @Test
  void aTargetBringsWhatItDependsOnOrAllThatIsConnected() throws IOException {
    assertThat(graph(List.of("each@x"), false, false, false).names())
        .containsExactly("first", "each@x");
    assertThat(graph(List.of("each@x"), true, false, false).names())
        .containsExactlyInAnyOrder("first", "each@x", "each@y", "last");
    assertThat(graph(List.of("each@x", "alone"), false, false, false).names())
        .containsExactlyInAnyOrder("first", "each@x", "alone");
  }

  @Test
  void outputsAreJoinedToWhatTheirStagesRead() throws IOException {
    var graph = graph(List.of(), false, true, false);
    assertThat(graph.names()).containsExactlyInAnyOrder("a", "b", "x", "y", "l", "z");
    assertThat(graph.before("x")).containsExactly("a");
    assertThat(graph.before("l")).containsExactly("x", "y");
  }

  @Test
  void membersOfAGroupAreShownAsOne() throws IOException {
    assertThat(graph(List.of(), false, false, true).edges())
        .containsExactly(new DagGraph.Edge("each", "last"), new DagGraph.Edge("first", "each"));
    assertThatThrownBy(() -> graph(List.of(), false, true, true))
        .hasMessageContaining("mutually exclusive");
  }

  @Test
  void partsThatNothingConnectsAreApart() throws IOException {
    assertThat(graph(List.of(), false, false, false).parts())
        .extracting(DagGraph::names)
        .anySatisfy(names -> assertThat(names).containsExactly("alone"))
        .hasSize(2);
  }

  @Test
  void rowsFollowTheArrows() throws IOException {
    var layout = DagLayout.of(graph(List.of(), false, false, false));
    assertThat(layout.place("first").row()).isZero();
    assertThat(layout.place("each@y").row()).isEqualTo(1);
    assertThat(layout.place("last").row()).isEqualTo(2);
  }

  @Test
  void thePageTellsTheStateOfEachStage() throws IOException {
    Pipeline.open(root)
        .reproduce(
            ReproOptions.DEFAULT.onError(ReproOptions.OnError.KEEP_GOING), new ReproListener() {});
    Files.delete(root.resolve("l"));
    var page = DagPage.of(Pipeline.open(root), List.of(), false, ZoneOffset.UTC).html();
    assertThat(page)
        .contains("3 of 5 up to date")
        .contains(">up to date</td>")
        .contains("output l was ")
        .contains(">failed</td>")
        .contains(", exit code 3")
        .contains("href=\".dvc/tmp/mlops/logs/each%2540x.log\"")
        .doesNotContain("http");
  }
}
