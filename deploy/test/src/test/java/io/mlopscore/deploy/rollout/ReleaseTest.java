package io.mlopscore.deploy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `.ci/release` in a repository of two files, with a `make` that writes archives.
@NullUnmarked
final class ReleaseTest {
  @TempDir private Path folder;
  private Scripts scripts;

  @BeforeEach
  void repository() throws IOException {
    scripts = new Scripts(folder);
    Files.createDirectories(folder.resolve(".ci"));
    Files.copy(Path.of("../../.ci/release"), folder.resolve(".ci/release"));
    Files.writeString(folder.resolve("pom.xml"), "<project>\n  <version>1.2.0</version>\n");
    Files.writeString(
        folder.resolve("CHANGELOG.md"),
        "# Changes\n\n## [1.2.0] - 2026-01-01\n\n- New.\n\n## [1.1.0] - 2025-01-01\n\n- Old.\n");
    scripts.command(
        "make",
        """
        mkdir -p app/target
        echo zip > app/target/mlops-1.2.0.zip
        echo tar > app/target/mlops-1.2.0.tar.gz
        """);
  }

  private Scripts.Outcome release(String tag) throws Exception {
    return scripts.run(Map.of(), folder.resolve(".ci/release").toString(), tag, "out");
  }

  @Test
  void archivesHaveChecksumsAndNotes() throws Exception {
    assertThat(release("v1.2.0").code()).isZero();
    assertThat(folder.resolve("out/NOTES.md")).content().contains("- New.").doesNotContain("Old");
    assertThat(Files.readAllLines(folder.resolve("out/SHA256SUMS")))
        .hasSize(2)
        .allMatch(line -> line.matches("[0-9a-f]{64}  mlops-1\\.2\\.0\\.(zip|tar\\.gz)"));
  }

  @Test
  void tagMustBeTheVersionAndHaveNotes() throws Exception {
    assertThat(release("v1.3.0").said()).contains("the tag is v1.3.0, but the sources are 1.2.0");
    Files.writeString(folder.resolve("CHANGELOG.md"), "# Changes\n");
    var outcome = release("v1.2.0");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.said()).contains("has no section '## [1.2.0]'");
  }
}
