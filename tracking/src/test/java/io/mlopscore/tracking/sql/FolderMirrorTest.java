package io.mlopscore.tracking.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.files.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder `mlruns/` is served as it is, and follows its files; it is never written.
final class FolderMirrorTest {
  private static final String RUN = "dd72d84614ba4521b955660ca47c0951";

  @TempDir Path folder;

  @Test
  void showsTheFolderAndWhatBecomesOfIt() throws Exception {
    experiment("1", "wine");
    run("1", "first");
    try (var mirror = mirror()) {
      var store = Tracking.of(mirror.database(), folder.toString(), "x:/").store();
      assertThat(store.experiments()).extracting(e -> e.name()).containsExactly("wine");
      assertThat(store.run(RUN).info().runName()).isEqualTo("first");

      run("1", "second");
      file("1/" + RUN + "/params/depth", "3");
      experiment("2", "beer");
      mirror.refresh();
      assertThat(store.experiments())
          .extracting(e -> e.name())
          .containsExactlyInAnyOrder("wine", "beer");
      assertThat(store.run(RUN).params()).isEqualTo(Map.of("depth", "3"));
      assertThat(store.run(RUN).info().runName()).isEqualTo("second");
    }
  }

  @Test
  void refusesToWriteAndSaysHow() throws Exception {
    experiment("1", "wine");
    try (var mirror = mirror()) {
      var store = Tracking.of(mirror.database(), folder.toString(), "x:/").store();
      assertThatThrownBy(() -> store.createExperiment("new", Map.of()))
          .isInstanceOf(TrackingException.class)
          .hasMessageContaining("is served to be read only")
          .hasMessageContaining("mlops server import");
    }
  }

  @Test
  void damagedFilesAreLeftOutNamedAndShownOnceMended() throws Exception {
    experiment("1", "wine");
    run("1", "first");
    file("1/" + RUN + "/params/depth", "3");
    file("1/" + RUN + "/metrics/loss", "1 0.5 0", "2 half a li");
    file("1/" + RUN + "/metrics/accuracy", "1 0.75 0");
    file("1/datasets/1234/meta.yaml", "name: [");
    file("2/meta.yaml");
    file("models/Wine/meta.yaml", "name: Wine");
    file("models/Wine/version-1/meta.yaml", "name: Wine", "version: one");
    file("models/Wine/version-2/meta.yaml", "name: Wine", "version: 2");
    try (var mirror = mirror()) {
      assertThat(mirror.damaged())
          .hasSize(4)
          .anyMatch(said -> said.contains("loss cannot be read: '2 half a li' is no point"))
          .anyMatch(said -> said.contains("1234"))
          .anyMatch(said -> said.contains("mlruns/2/meta.yaml"))
          .anyMatch(said -> said.contains("version-1"));
      var tracking = Tracking.of(mirror.database(), folder.toString(), "x:/");
      var store = tracking.store();
      assertThat(store.experiments()).extracting(e -> e.name()).containsExactly("wine");
      assertThat(store.run(RUN).params()).isEqualTo(Map.of("depth", "3"));
      assertThat(store.run(RUN).metrics())
          .extracting(metric -> metric.key(), metric -> metric.value())
          .containsExactly(tuple("accuracy", 0.75), tuple("loss", 0.5));
      assertThat(tracking.registry().versions("Wine"))
          .extracting(version -> version.version())
          .containsExactly(2);

      experiment("2", "beer");
      mirror.refresh();
      assertThat(mirror.damaged()).hasSize(3);
      assertThat(store.experimentByName("beer")).isPresent();
    }
  }

  private FolderMirror mirror() {
    return FolderMirror.open(
        FileStore.open(folder.resolve("mlruns")),
        new Sqlite(folder.resolve("mirror/mlflow.db")),
        Duration.ofDays(1));
  }

  private void experiment(String id, String name) throws IOException {
    file(
        id + "/meta.yaml",
        "artifact_location: file:///x/" + id,
        "experiment_id: '" + id + "'",
        "lifecycle_stage: active",
        "name: " + name,
        "creation_time: 1",
        "last_update_time: 1");
  }

  private void run(String experiment, String name) throws IOException {
    file(
        experiment + "/" + RUN + "/meta.yaml",
        "artifact_uri: file:///x/" + RUN,
        "end_time: null",
        "experiment_id: '" + experiment + "'",
        "lifecycle_stage: active",
        "run_id: " + RUN,
        "run_name: " + name,
        "start_time: 1",
        "status: 3",
        "user_id: ada");
  }

  private void file(String path, String... lines) throws IOException {
    var file = folder.resolve("mlruns").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines));
  }
}
