package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void repository() throws IOException {
    root = folder.resolve("repo");
    Files.createDirectories(root);
    Repository.init(root);
  }

  private Staging staging() throws IOException {
    return Staging.in(Repository.containing(root));
  }

  private static Path placeOf(Staging staging, Path target) throws IOException {
    var seen = new AtomicReference<Path>();
    staging.place(
        target,
        path -> {
          seen.set(path);
          Files.writeString(path, "x");
        });
    assertThat(target).hasContent("x");
    assertThat(seen.get()).doesNotExist();
    return seen.get();
  }

  @Test
  void filesOfTheRepositoryAreMadeOutsideOfTrackedData() throws IOException {
    assertThat(placeOf(staging(), root.resolve("data/sub/file")))
        .startsWithRaw(root.resolve(".dvc/tmp/mlops"));
  }

  @Test
  void filesElsewhereAreMadeBesideTheirPlace() throws IOException {
    var target = folder.resolve("elsewhere/file");
    assertThat(placeOf(staging(), target)).hasParentRaw(target.getParent());
  }

  @Test
  void whatFailsLeavesNothing() throws IOException {
    var staging = staging();
    assertThatThrownBy(
            () ->
                staging.place(
                    root.resolve("file"),
                    path -> {
                      Files.writeString(path, "half");
                      throw new IOException("no space left");
                    }))
        .hasMessage("no space left");
    assertThat(root.resolve("file")).doesNotExist();
    assertThat(root.resolve(".dvc/tmp/mlops/arriving")).isEmptyDirectory();
  }

  @Test
  void whatKilledProcessesLeftGoesAfterADay() throws IOException {
    var arriving = root.resolve(".dvc/tmp/mlops/arriving");
    Files.createDirectories(arriving.resolve("old/sub"));
    Files.createDirectories(arriving.resolve("new"));
    Files.setLastModifiedTime(
        arriving.resolve("old"), FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    placeOf(staging(), root.resolve("file"));
    assertThat(arriving.resolve("old")).doesNotExist();
    assertThat(arriving.resolve("new")).exists();
  }
}
