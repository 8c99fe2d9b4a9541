package io.mlopscore.pipeline.ignore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitIgnoredTest {
  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void makeDirectories() throws IOException {
    root = folder.resolve("work");
    Files.createDirectories(root.resolve("a/b"));
  }

  @Test
  void deepestFileDecidesAndItsLastLine() throws IOException {
    Files.writeString(root.resolve(".gitignore"), "*.dvc\n/data/\n");
    Files.writeString(root.resolve("a/.gitignore"), "!*.dvc\n/b/old.dvc\n");
    assertThat(ignores("x.dvc", false)).isTrue();
    assertThat(ignores("a/b/x.dvc", false)).isFalse();
    assertThat(ignores("a/b/old.dvc", false)).isTrue();
    assertThat(ignores("data", true)).isTrue();
    assertThat(ignores("data", false)).isFalse();
    assertThat(ignores("a/data", true)).isFalse();
  }

  @Test
  void whatIsBelowAnIgnoredDirectoryIsIgnored() throws IOException {
    Files.writeString(root.resolve(".gitignore"), "a/\n!a/b/x.dvc\n");
    assertThat(ignores("a/b/x.dvc", false)).isTrue();
  }

  @Test
  void directoryWhoseContentsAreIgnoredCountsAsIgnored() throws IOException {
    Files.writeString(root.resolve(".gitignore"), "a/*\n");
    assertThat(ignores("a", true)).isTrue();
    assertThat(ignores("a/x", false)).isTrue();
    assertThat(ignores("ab", true)).isFalse();
  }

  @Test
  void filesOfTheUserCountLast() throws IOException {
    Files.createDirectories(root.resolve(".git/info"));
    Files.writeString(root.resolve(".git/info/exclude"), "secret\n");
    Files.writeString(
        folder.resolve(".gitconfig"), "[user]\n\tname = n\n[core]\n\texcludesFile = ~/mine\n");
    Files.writeString(folder.resolve("mine"), "*.bak\n");
    Files.writeString(root.resolve(".gitignore"), "!kept.bak\n");
    assertThat(ignores("secret", false)).isTrue();
    assertThat(ignores("a/x.bak", false)).isTrue();
    assertThat(ignores("kept.bak", false)).isFalse();
  }

  private boolean ignores(String path, boolean isDirectory) throws IOException {
    var git = new GitIgnored(root, Map.of("HOME", folder.toString()));
    return git.ignores(root.resolve(path), isDirectory);
  }
}
