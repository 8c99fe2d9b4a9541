package io.mlopscore.tracking;

import io.mlopscore.tracking.traces.TraceStore;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Tracking in a PostgreSQL database and local folders.
@NullUnmarked
class PostgresTrackingTest
    implements TrackingStoreContract, ModelRegistryContract, TraceStoreContract, ArtifactsContract {
  @TempDir Path folder;
  private Tracking tracking;

  @BeforeEach
  void open() throws SQLException {
    tracking = Tracking.open(PostgresServer.freshDatabase(), folder);
  }

  @AfterEach
  void close() {
    if (tracking != null) {
      tracking.close();
    }
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
