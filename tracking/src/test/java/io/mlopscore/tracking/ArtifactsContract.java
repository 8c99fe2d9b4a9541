package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  @Test
  default void downloadReplacesWhatIsThere(@TempDir Path folder) throws IOException {
    var source = Files.createDirectories(folder.resolve("source"));
    var file = Files.writeString(source.resolve("a.txt"), "one");
    artifacts().upload(source, "mlflow-artifacts:/6");
    artifacts().download("mlflow-artifacts:/6", folder.resolve("back"));
    Files.writeString(file, "two");
    artifacts().upload(source, "mlflow-artifacts:/6");
    artifacts().download("mlflow-artifacts:/6", folder.resolve("back"));
    artifacts().download("mlflow-artifacts:/6/a.txt", folder.resolve("back/b.txt"));
    assertThat(folder.resolve("back/a.txt")).hasContent("two");
    assertThat(folder.resolve("back/b.txt")).hasContent("two");
  }

  @Test
  default void manyFilesAreCopied(@TempDir Path folder) throws IOException {
    for (var i = 0; i < 100; i++) {
      Files.writeString(
          Files.createDirectories(folder.resolve("in/" + i % 7)).resolve("f" + i), "" + i);
    }
    artifacts().upload(folder.resolve("in"), "mlflow-artifacts:/7/run");
    artifacts().download("mlflow-artifacts:/7/run", folder.resolve("out"));
    for (var i = 0; i < 100; i++) {
      assertThat(folder.resolve("out/" + i % 7 + "/f" + i)).hasContent("" + i);
    }
  }

  @Test
  default void oddNamesAreKept(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("x"), "hello");
    var names = List.of("a b+c", "50%", "semi;colon=1", "ques?tion", "größe&日本", "%41");
    for (var name : names) {
      artifacts().repository("mlflow-artifacts:/8").write("d/" + name, file);
    }
    assertThat(artifacts().list("mlflow-artifacts:/8/d"))
        .extracting(FileInfo::path)
        .containsExactlyInAnyOrderElementsOf(names);
    for (var name : names) {
      try (var in = artifacts().repository("mlflow-artifacts:/8").open("d/" + name)) {
        assertThat(in.readAllBytes()).as(name).hasSize(5);
      }
    }
  }

  @Test
  default void partsOfAFileAreRead(@TempDir Path folder) throws IOException {
    var repository = artifacts().repository("mlflow-artifacts:/9");
    repository.write("a", Files.writeString(folder.resolve("x"), "0123456789"));
    assertThat(repository.find("a")).hasValue(new FileInfo("a", false, 10));
    assertThat(repository.find("b")).isEmpty();
    try (var in = repository.open("a", 3, 4)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("3456");
    }
  }

  @Test
  default void streamsAreWrittenWhetherTheirLengthIsKnownOrNot() throws IOException {
    var repository = artifacts().repository("mlflow-artifacts:/10");
    repository.write("known", new ByteArrayInputStream(new byte[100_000]), 100_000);
    repository.write("unknown", new ByteArrayInputStream(new byte[100_000]), -1);
    repository.write("empty", new ByteArrayInputStream(new byte[0]), 0);
    assertThat(repository.list(""))
        .containsExactly(
            new FileInfo("empty", false, 0),
            new FileInfo("known", false, 100_000),
            new FileInfo("unknown", false, 100_000));
  }

  @Test
  default void filesAndFoldersAreDeleted(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("x"), "hello");
    var repository = artifacts().repository("mlflow-artifacts:/11");
    for (var path : List.of("a", "b/c", "b/d/e", "f")) {
      repository.write(path, file);
    }
    repository.delete("a");
    repository.delete("b");
    repository.delete("none");
    assertThat(repository.list("")).extracting(FileInfo::path).containsExactly("f");
  }
}
