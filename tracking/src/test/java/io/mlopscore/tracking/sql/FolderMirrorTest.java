package io.mlopscore.tracking.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void damagedFileLeavesWhatWasShown() throws Exception {
    experiment("1", "wine");
    run("1", "first");
    try (var mirror = mirror()) {
      file("1/" + RUN + "/metrics/loss", "half a li");
      mirror.refresh();
      var store = Tracking.of(mirror.database(), folder.toString(), "x:/").store();
      assertThat(store.run(RUN).info().runName()).isEqualTo("first");
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
