package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.Checkout.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Data is tracked, put back, and exchanged with a remote.
final class DataStoreTest {
  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void repository() throws IOException {
    root = folder.resolve("repo");
    Files.createDirectories(root.resolve("raw/sub"));
    Repository.init(root);
    Files.writeString(root.resolve("raw/a"), "a\n");
    Files.writeString(root.resolve("raw/sub/b"), "b\n");
  }

  private DataStore data() throws IOException {
    return new DataStore(Pipeline.open(root));
  }

  private void add() throws IOException {
    data().add(List.of(root.resolve("raw")));
  }

  @Test
  void anAddedDirectoryIsRecordedAsDvcDoes() throws IOException {
    add();
    assertThat(root.resolve("raw.dvc"))
        .hasContent(
            """
            outs:
            - md5: 8b3662b0d460701f7734cdf533c5aa85.dir
              size: 4
              nfiles: 2
              hash: md5
              path: raw
            """);
  }

  @Test
  void whatIsIgnoredIsNoPartOfADirectory() throws IOException {
    Files.writeString(root.resolve(".dvcignore"), "*.tmp\n/raw/skipped\n");
    Files.createDirectories(root.resolve("raw/skipped"));
    Files.writeString(root.resolve("raw/skipped/c"), "c\n");
    Files.writeString(root.resolve("raw/sub/x.tmp"), "x\n");
    add();
    assertThat(root.resolve("raw.dvc")).content().contains("8b3662b0d460701f7734cdf533c5aa85.dir");
  }

  @Test
  void whatIsMissingComesBackFromTheCache() throws IOException {
    add();
    Workspace.remove(root.resolve("raw"));
    assertThat(data().checkout(List.of(), false))
        .containsExactly(new Checkout.Entry(root.resolve("raw"), Action.ADDED));
    assertThat(root.resolve("raw/sub/b")).hasContent("b\n");
    assertThat(data().checkout(List.of(), false)).isEmpty();
  }

  @Test
  void changesThatAreNowhereElseAreOnlyDroppedByForce() throws IOException {
    add();
    Files.writeString(root.resolve("raw/a"), "precious");
    assertThat(data().checkout(List.of(), false).getFirst().action()).isEqualTo(Action.REFUSED);
    assertThat(root.resolve("raw/a")).hasContent("precious");
    assertThat(data().checkout(List.of(), true).getFirst().action()).isEqualTo(Action.MODIFIED);
    assertThat(root.resolve("raw/a")).hasContent("a\n");
  }

  @Test
  void dataThatAStageWritesCannotBeAdded() throws IOException {
    Files.writeString(
        root.resolve("dvc.yaml"), "stages:\n  s:\n    cmd: echo > raw/a\n    outs: [raw/a]\n");
    assertThatThrownBy(this::add).hasMessageContaining("'s'");
  }
}
