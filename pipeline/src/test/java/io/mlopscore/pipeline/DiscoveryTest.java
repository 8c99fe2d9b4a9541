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

/// Where stages and data are looked for.
final class DiscoveryTest {
  private static final String STAGE = "stages:\n  s:\n    cmd: \"true\"\n";

  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void repository() throws IOException {
    root = folder.resolve("repo");
    Files.createDirectories(root.resolve(".git"));
    Repository.init(root);
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(root.resolve(path).getParent());
    Files.writeString(root.resolve(path), text);
  }

  private List<String> found() throws IOException {
    return Discovery.nodes(Repository.containing(root)).stream().map(Node::address).toList();
  }

  @Test
  void directoryByDirectoryTheStagesFirst() throws IOException {
    write("z/dvc.yaml", STAGE);
    write("a/dvc.yaml", STAGE);
    write("dvc.yaml", STAGE);
    write("b.dvc", "outs:\n- md5: d41d8cd98f00b204e9800998ecf8427e\n  hash: md5\n  path: b\n");
    assertThat(found()).containsExactly("s", "b.dvc", "a/dvc.yaml:s", "z/dvc.yaml:s");
  }

  @Test
  void anOutputThatIsIgnoredIsRefused() throws IOException {
    write(".dvcignore", "*.bin\n/folder/\n");
    write("dvc.yaml", "stages:\n  s:\n    cmd: \"true\"\n    outs: [o.bin]\n");
    assertThatThrownBy(this::found)
        .isInstanceOf(PipelineException.class)
        .hasMessage(
            "dvc.yaml: Path '%s' is ignored by .dvcignore:1:*.bin; change that rule, or remove the output",
            root.resolve("o.bin"));
    write("dvc.yaml", "stages:\n  s:\n    cmd: \"true\"\n    outs: [folder]\n");
    write("folder", "a file, which the pattern does not mean");
    assertThat(found()).containsExactly("s");
  }

  @Test
  void outputsAreNotEntered() throws IOException {
    write("dvc.yaml", "stages:\n  s:\n    cmd: \"true\"\n    outs: [made]\n");
    write("made/dvc.yaml", "broken: [");
    assertThat(found()).containsExactly("s");
  }

  @Test
  void ignoredPlacesAndRepositoriesWithinAreNotEntered() throws IOException {
    for (var place : List.of("skipped", "untracked", "nested", ".dvc/tmp", "kept")) {
      write(place + "/dvc.yaml", STAGE);
    }
    write("nested/.dvc/config", "");
    write(".dvcignore", "skipped\n/old.dvc\n");
    write(".gitignore", "/untracked\n*.bak.dvc\n");
    write("old.dvc", "broken: [");
    write("x.bak.dvc", "broken: [");
    assertThat(found()).containsExactly("kept/dvc.yaml:s");
  }
}
