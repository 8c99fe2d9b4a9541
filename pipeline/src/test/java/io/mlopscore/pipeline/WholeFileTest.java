package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A text changes as a whole or not at all.
class WholeFileTest {
  @TempDir Path folder;

  @Test
  void whatCouldNotBeWrittenLeavesTheOldTextAndNothingElse() throws IOException {
    var file = Files.writeString(folder.resolve("rules"), "old");
    assertThatThrownBy(
            () ->
                WholeFile.replace(
                    file,
                    temporary -> {
                      Files.writeString(temporary, "ne");
                      throw new IOException("No space left on device");
                    }))
        .hasMessage(file + ": No space left on device");
    assertThat(file).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("rules");
  }

  @Test
  void aLinkStaysALinkAndAFileKeepsItsPermissions() throws IOException {
    var secret = Files.writeString(folder.resolve("secret"), "old");
    var mode = PosixFilePermissions.fromString("rw-------");
    Files.setPosixFilePermissions(secret, mode);
    var link = Files.createSymbolicLink(folder.resolve("link"), Path.of("secret"));
    WholeFile.write(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(secret).hasContent("new");
    assertThat(Files.getPosixFilePermissions(secret)).isEqualTo(mode);
  }

  @Test
  void whatAKilledProcessLeftGoesWithTheNextWriting() throws IOException {
    Files.writeString(folder.resolve(".rules.tmp"), "half");
    WholeFile.write(folder.resolve("rules"), "new");
    assertThat(folder.resolve("rules")).hasContent("new");
    assertThat(folder.toFile().list()).containsExactly("rules");
  }
}
