package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Folders of this machine, and that no URI leads out of them.
final class StoredArtifactsTest implements ArtifactsContract {
  @TempDir private Path folder;

  @Override
  public Artifacts artifacts() {
    return new StoredArtifacts(folder.resolve("kept").toString(), Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlflow-artifacts:/../secret",
        "mlflow-artifacts:/a/../../secret",
        "mlflow-artifacts://host/../secret",
        "mlflow-artifacts:/a\\..\\b",
        "mlflow-artifacts:/%2e%2e/b",
        "mlflow-artifacts:/a#b",
        "http://host/api/2.0/mlflow-artifacts/artifacts/../../etc",
        "../..",
        "../../etc",
        "file:///srv/../etc",
        "s3://bucket/../other"
      })
  void rootThatLeadsElsewhereIsRefused(String uri) {
    assertThatThrownBy(() -> artifacts().repository(uri))
        .isInstanceOf(TrackingException.class)
        .hasMessage("Invalid path");
  }

  @Test
  void serverInTheUriIsPassedOver() throws IOException {
    var file = Files.writeString(folder.resolve("x"), "hello");
    artifacts().upload(file, "mlflow-artifacts://host:5000/1/x");
    artifacts().upload(file, "http://host/api/2.0/mlflow-artifacts/artifacts/1/y");
    assertThat(folder.resolve("kept/1/x")).hasContent("hello");
    assertThat(folder.resolve("kept/1/y")).hasContent("hello");
  }

  @Test
  void pathsAndFileUrisAreWhatTheySay() throws IOException {
    var file = Files.writeString(folder.resolve("x"), "hello");
    artifacts().upload(file, folder.resolve("a b/1").toString());
    artifacts().upload(file, folder.resolve("a b/2").toUri().toString());
    assertThat(artifacts().list(folder.resolve("a b").toUri().toString()))
        .extracting(FileInfo::path)
        .containsExactly("1", "2");
    try (var in = artifacts().open(folder.resolve("a b/2").toUri().toString())) {
      assertThat(in.readAllBytes()).hasSize(5);
    }
  }

  @Test
  void linkThatLeadsOutIsRefused() throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("kept/1")).resolve("own"), "own");
    Files.createSymbolicLink(folder.resolve("kept/1/link"), folder);
    var repository = artifacts().repository("mlflow-artifacts:/1");
    assertThatThrownBy(() -> repository.open("link/secret"))
        .isInstanceOf(TrackingException.class)
        .hasMessageStartingWith("Invalid path");
    assertThat(repository.list("")).extracting(FileInfo::path).containsExactly("own");
  }

  @Test
  void placeOfAnotherKindIsNotReached() {
    assertThatThrownBy(() -> artifacts().repository("hdfs://host/a"))
        .isInstanceOf(TrackingException.class)
        .hasMessageContaining("cannot be reached");
  }
}
