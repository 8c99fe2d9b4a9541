package io.mlopscore.tracking;

import io.mlopscore.tracking.traces.TraceStore;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Tracking in a SQLite file and local folders.
@NullUnmarked
class SqliteTrackingTest
    implements TrackingStoreContract, ModelRegistryContract, TraceStoreContract, ArtifactsContract {
  @TempDir Path folder;
  private Tracking tracking;

  @BeforeEach
  void open() {
    tracking = Tracking.open(Tracking.DEFAULT_URI, folder);
  }

  @AfterEach
  void close() {
    tracking.close();
  }

  @Override
  public TrackingStore store() {
    return tracking.store();
  }

  @Override
  public ModelRegistry registry() {
    return tracking.registry();
  }

  @Override
  public TraceStore traces() {
    return tracking.traces();
  }

  @Override
  public Artifacts artifacts() {
    return tracking.artifacts();
  }
}
