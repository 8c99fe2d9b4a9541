package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
final class FlockTest {
  @TempDir private Path folder;

  @Test
  void aLockIsHeldUntilItIsClosed() throws IOException {
    var file = Files.createFile(folder.resolve("lock"));
    try (var held = Flock.tryLock(file)) {
      assertThat(held).isNotNull();
      assertThat(Flock.tryLock(file)).isNull();
    }
    try (var again = Objects.requireNonNull(Flock.tryLock(file))) {
      assertThat(again).isNotNull();
    }
  }

  /// ENOLCK is no process that will be done at some time.
  @Test
  void aFileSystemWithoutLocksIsAnError() {
    assertThatCode(() -> Flock.requireHeld(11, folder)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Flock.requireHeld(37, folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("error 37");
  }
}
