package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every place for artifacts does, on this machine or behind a server.
interface ArtifactsContract {
  Artifacts artifacts();

  @Test
  default void folderComesBackAsItWentIn(@TempDir Path folder) throws IOException {
    var source = Files.createDirectories(folder.resolve("model"));
    Files.writeString(source.resolve("MLmodel"), "flavors: {}");
    Files.writeString(
        Files.createDirectories(source.resolve("data")).resolve("größe 1.txt"), "inner");
    artifacts().upload(source, "mlflow-artifacts:/1/run/artifacts/model");

    var target = folder.resolve("back");
    artifacts().download("mlflow-artifacts:/1/run/artifacts/model", target);
    assertThat(target.resolve("MLmodel")).hasContent("flavors: {}");
    assertThat(target.resolve("data/größe 1.txt")).hasContent("inner");
  }

  @Test
  default void filesAndFoldersAreListedWithSizes(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("a.txt"), "12345");
    Files.createDirectories(folder.resolve("b"));
    Files.writeString(folder.resolve("b/c.txt"), "");
    artifacts().upload(folder, "mlflow-artifacts:/2/run/artifacts");
    assertThat(artifacts().list("mlflow-artifacts:/2/run/artifacts"))
        .containsExactly(new FileInfo("a.txt", false, 5), new FileInfo("b", true, 0));
    assertThat(artifacts().list("mlflow-artifacts:/2/absent")).isEmpty();
  }

  @Test
  default void fileWhoseNameEndsInPartIsListed(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("data.part"), "12345");
    artifacts().upload(folder, "mlflow-artifacts:/5/run/artifacts");
    assertThat(artifacts().list("mlflow-artifacts:/5/run/artifacts"))
        .containsExactly(new FileInfo("data.part", false, 5));
  }

  @Test
  default void oneFileIsRead(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("note.txt"), "hello");
    artifacts().upload(file, "mlflow-artifacts:/3/note.txt");
    try (var in = artifacts().open("mlflow-artifacts:/3/note.txt")) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("hello");
    }
  }

  @Test
  default void absentFileIsAnError() {
    assertThatThrownBy(() -> artifacts().open("mlflow-artifacts:/4/absent").close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("4/absent");
  }
}
