package io.mlopscore.pipeline.ignore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `dvc check-ignore` of DVC 3.67 says for the same files.
final class DvcIgnoreTest {
  @TempDir private Path root;

  @BeforeEach
  void makeRepository() throws IOException {
    Files.createDirectories(root.resolve(".dvc"));
  }

  @Test
  void folderOfGitAndItsLikeIsAlwaysIgnored() throws IOException {
    var rules = new DvcIgnore(root).top();
    assertThat(List.of(".git", ".hg", ".dvc", "data"))
        .filteredOn(name -> rules.ignores(name, true))
        .containsExactly(".git", ".hg", ".dvc");
    assertThat(rules.ignores(".git", false)).isTrue();
    assertThat(rules.ignores(".dvc", false)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "*.log, a/b/x.log, true",
        "*.log, a/x.log.gz, false",
        "/x, x, true",
        "/x, a/x, false",
        "a/x, a/x, true",
        "a/x, b/a/x, false",
        "**/a/x, b/a/x, true",
        "a/**/x, a/x, true",
        "a/**/x, a/b/c/x, true",
        "a/**, a/b, true",
        "a/**, a, false",
        "build/, build, false",
        "build/, build/x, true",
        "x?z, xyz, true",
        "x?z, x/z, false",
        "[a-c]x, bx, true",
        "[!a-c]x, bx, false",
        "[^a-c]x, dx, true",
        "[x, [x, false",
        "\\#x, #x, true",
        "\\!x, !x, true",
        "*, anything, true",
        "*/, a/b, false",
        "/, a, false",
        "a.c, abc, false",
        "[a&&b]x, &x, true",
      })
  void pathMatchesAsInDvc(String pattern, String path, boolean ignored) throws IOException {
    Files.writeString(root.resolve(".dvcignore"), pattern + "\n");
    assertThat(new DvcIgnore(root).ignores(root.resolve(path), false)).isEqualTo(ignored);
  }

  @Test
  void laterLineTakesPathBackIn() throws IOException {
    Files.writeString(root.resolve(".dvcignore"), "*.csv\n!keep.csv\n  # no pattern\n\n");
    var ignore = new DvcIgnore(root);
    assertThat(ignore.ignores(root.resolve("a/other.csv"), false)).isTrue();
    assertThat(ignore.ignores(root.resolve("a/keep.csv"), false)).isFalse();
  }

  @Test
  void nothingBelowAnIgnoredDirectoryIsTakenBackIn() throws IOException {
    Files.createDirectories(root.resolve("a"));
    Files.writeString(root.resolve(".dvcignore"), "a\n!a/keep\n");
    Files.writeString(root.resolve("a/.dvcignore"), "!keep\n");
    assertThat(new DvcIgnore(root).ignores(root.resolve("a/keep"), false)).isTrue();
  }

  @Test
  void fileInDirectoryHoldsBelowItAndWinsOverThoseAbove() throws IOException {
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve(".dvcignore"), "*.csv\n");
    Files.writeString(root.resolve("a/.dvcignore"), "!*.csv\n/top\n");
    var ignore = new DvcIgnore(root);
    assertThat(ignore.ignores(root.resolve("x.csv"), false)).isTrue();
    assertThat(ignore.ignores(root.resolve("a/b/x.csv"), false)).isFalse();
    assertThat(ignore.ignores(root.resolve("a/top"), false)).isTrue();
    assertThat(ignore.ignores(root.resolve("a/b/top"), false)).isFalse();
    assertThat(ignore.ignores(root.resolve("top"), false)).isFalse();
  }

  @Test
  void repositoryWithinIsNotEntered() throws IOException {
    Files.createDirectories(root.resolve("nested/.dvc"));
    var ignore = new DvcIgnore(root);
    assertThat(ignore.top().enter("nested")).isEmpty();
    assertThat(ignore.ignores(root.resolve("nested/data"), false)).isTrue();
    assertThat(ignore.ignores(root.resolve("nested"), true)).isTrue();
  }

  @Test
  void lineThatDecidesIsNamed() throws IOException {
    Files.createDirectories(root.resolve("a"));
    Files.writeString(root.resolve(".dvcignore"), "# data\n*.csv\nx.*\n!keep.csv\n");
    Files.writeString(root.resolve("a/.dvcignore"), "other\n");
    var ignore = new DvcIgnore(root);
    assertThat(source(ignore, "x.csv")).isEqualTo(".dvcignore:2:*.csv");
    assertThat(source(ignore, "keep.csv")).isEqualTo(".dvcignore:4:!keep.csv");
    assertThat(source(ignore, "a/other")).isEqualTo("a/.dvcignore:1:other");
    assertThat(source(ignore, "nothing")).isEqualTo("none");
  }

  private String source(DvcIgnore ignore, String path) throws IOException {
    return ignore.deciding(root.resolve(path), false).map(IgnorePattern::source).orElse("none");
  }

  @Test
  void patternThatCannotBeReadIsNamed() throws IOException {
    Files.writeString(root.resolve(".dvcignore"), "ok\nbad\\\n");
    assertThatThrownBy(() -> new DvcIgnore(root))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining(".dvcignore:2:bad\\");
  }

  @Test
  void pathOutsideOfTheRepositoryIsNotIgnored() throws IOException {
    Files.writeString(root.resolve(".dvcignore"), "*\n");
    assertThat(new DvcIgnore(root).ignores(root.resolveSibling("x"), false)).isFalse();
  }
}
