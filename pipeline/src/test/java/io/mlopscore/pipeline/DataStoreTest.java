package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.Checkout.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
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

  /// As DVC does: an object that is not read-only is not trusted.
  @Test
  void anObjectThatWasWrittenIntoIsFoundThoughNothingCameOrWent() throws IOException {
    add();
    assertThat(Pipeline.open(root).status(List.of())).isEmpty();
    var object = Pipeline.open(root).cache().object(Md5.hash(root.resolve("raw/a")));
    var folder = Files.getLastModifiedTime(object.getParent());
    Files.setPosixFilePermissions(object, PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(object, "damaged");
    assertThat(Files.getLastModifiedTime(object.getParent())).isEqualTo(folder);
    assertThat(Pipeline.open(root).status(List.of())).hasSize(1);
    assertThat(object).doesNotExist();
  }

  /// So many that objects which the cache was seen to hold are not looked at again.
  @Test
  void ofManyFilesAnObjectThatWentIsStoredAgain() throws IOException {
    var many = root.resolve("many");
    Files.createDirectories(many);
    for (int i = 0; i <= HeldDirectories.FEW_FILES; i++) {
      Files.writeString(many.resolve(i + ".txt"), "file " + i);
    }
    data().add(List.of(many));
    for (int i = 0; i < 2; i++) {
      Files.writeString(many.resolve("1.txt"), "changed " + i);
      data().add(List.of(many));
    }
    var object = Pipeline.open(root).cache().object(Md5.hash(many.resolve("0.txt")));
    Files.delete(object);
    data().add(List.of(many));
    assertThat(object).hasContent("file 0");
    assertThat(Pipeline.open(root).status(List.of())).isEmpty();
  }

  @Test
  void whatIsMissingComesBackFromTheCache() throws IOException {
    add();
    Trees.remove(root.resolve("raw"));
    assertThat(data().checkout(List.of(), false))
        .containsExactly(
            new Checkout.Entry(
                root.resolve("raw"), Action.ADDED, true, new Checkout.FileCount(2, 0, 0)));
    assertThat(root.resolve("raw/sub/b")).hasContent("b\n");
    assertThat(data().checkout(List.of(), false)).isEmpty();
  }

  @Test
  void changesThatAreNowhereElseAreOnlyDroppedByForce() throws IOException {
    add();
    Files.writeString(root.resolve("raw/a"), "precious");
    assertThatThrownBy(() -> data().checkout(List.of(), false))
        .hasMessageEndingWith(root.resolve("raw/a").toString());
    assertThat(root.resolve("raw/a")).hasContent("precious");
    assertThat(data().checkout(List.of(), true).getFirst().action()).isEqualTo(Action.MODIFIED);
    assertThat(root.resolve("raw/a")).hasContent("a\n");
  }

  @Test
  void aFileWithinADirectoryIsTakenOverByItself() throws IOException {
    add();
    Files.writeString(root.resolve("raw/new"), "new\n");
    Files.writeString(root.resolve("raw/a"), "not yet\n");
    data().add(List.of(root.resolve("raw/new")));
    assertThat(root.resolve("raw.dvc")).content().contains("size: 8\n  nfiles: 3\n");
    data().checkout(new CheckoutOptions(List.of("raw/a"), false, false, true, false));
    assertThat(root.resolve("raw/a")).hasContent("a\n");
    assertThat(root.resolve("raw/new")).hasContent("new\n");
  }

  @Test
  void severalPartsOfOneDirectoryAreTakenOverTogether() throws IOException {
    add();
    Files.delete(root.resolve("raw/a"));
    Files.writeString(root.resolve("raw/sub/b"), "other\n");
    Files.writeString(root.resolve("raw/c"), "c\n");
    data().add(List.of(root.resolve("raw/a"), root.resolve("raw/sub"), root.resolve("raw/c")));
    assertThat(root.resolve("raw.dvc")).content().contains("nfiles: 2\n");
    data().checkout(List.of(), true);
    assertThat(root.resolve("raw/a")).doesNotExist();
    assertThat(root.resolve("raw/sub/b")).hasContent("other\n");
    assertThat(root.resolve("raw/c")).hasContent("c\n");
  }

  @Test
  void aPartOfADirectoryComesBackByItself() throws IOException {
    add();
    Trees.remove(root.resolve("raw"));
    data().checkout(List.of("raw/sub"), false);
    assertThat(root.resolve("raw/sub/b")).hasContent("b\n");
    assertThat(root.resolve("raw/a")).doesNotExist();
  }

  @Test
  void commentsAndOrderInADataFileStay() throws IOException {
    add();
    var file = root.resolve("raw.dvc");
    Files.writeString(file, "# about\n" + Files.readString(file) + "desc: mine # yes\n");
    Files.writeString(root.resolve("raw/a"), "aa\n");
    add();
    assertThat(file).content().startsWith("# about\nouts:\n- md5: ").endsWith("desc: mine # yes\n");
    assertThat(file).content().contains("size: 5");
  }

  @Test
  void whatIsNamedNoMoreIsTakenAwayWhenTheCacheHasIt() throws IOException {
    add();
    Files.delete(root.resolve("raw.dvc"));
    assertThat(data().checkout(List.of(), false).getFirst().action()).isEqualTo(Action.DELETED);
    assertThat(root.resolve("raw")).doesNotExist();
  }

  @Test
  void linksShareOneFileWithTheCacheUntilUnprotected() throws IOException {
    Files.writeString(root.resolve(".dvc/config"), "[cache]\n    type = hardlink\n");
    add();
    var object = Pipeline.open(root).cache().object(Md5.hash(root.resolve("raw/a")));
    assertThat(Files.isSameFile(root.resolve("raw/a"), object)).isTrue();
    data().unprotect(List.of(root.resolve("raw")));
    assertThat(Files.isSameFile(root.resolve("raw/a"), object)).isFalse();
    Files.writeString(root.resolve("raw/a"), "changed");
    assertThat(object).hasContent("a\n");
  }

  @Test
  void relinkHoldsUnchangedFilesAsTheSettingsSay() throws IOException {
    add();
    Files.writeString(root.resolve(".dvc/config"), "[cache]\n    type = symlink\n");
    data().checkout(new CheckoutOptions(List.of(), false, false, false, true));
    assertThat(root.resolve("raw/sub/b")).isSymbolicLink().hasContent("b\n");
    Files.writeString(root.resolve(".dvc/config"), "[cache]\n    type = copy\n");
    data().checkout(new CheckoutOptions(List.of(), false, false, false, true));
    assertThat(Files.isSymbolicLink(root.resolve("raw/sub/b"))).isFalse();
  }

  /// It could be written, but never read again.
  @Test
  void whatIsIgnoredIsNotTracked() throws IOException {
    add();
    Files.writeString(root.resolve(".dvcignore"), "*.tmp\n/skipped/\n");
    Files.writeString(root.resolve("x.tmp"), "x\n");
    Files.createDirectories(root.resolve("skipped"));
    Files.writeString(root.resolve("skipped/y"), "y\n");
    var ignored = "is ignored by .dvcignore:";
    for (var path : List.of("x.tmp", "skipped", "skipped/y")) {
      assertThatThrownBy(() -> data().add(List.of(root.resolve(path))))
          .isInstanceOf(PipelineException.class)
          .hasMessageContaining(ignored);
      assertThat(root.resolve(path + ".dvc")).doesNotExist();
    }
    var copy = root.resolve("copy.tmp");
    var options = new AddOptions(Optional.of(copy), false, true, true);
    assertThatThrownBy(() -> data().add(List.of(root.resolve("raw/a")), options))
        .hasMessageContaining(ignored);
    assertThat(copy).doesNotExist();
    var move = new DataMove(Pipeline.open(root));
    assertThatThrownBy(() -> move.move(root.resolve("raw"), root.resolve("raw.tmp")))
        .hasMessageContaining(ignored);
    assertThat(Pipeline.open(root).status(List.of())).isEmpty();
  }

  @Test
  void dataThatAStageWritesCannotBeAdded() throws IOException {
    Files.writeString(
        root.resolve("dvc.yaml"), "stages:\n  s:\n    cmd: echo > raw/a\n    outs: [raw/a]\n");
    assertThatThrownBy(this::add).hasMessageContaining("'s'");
  }
}
