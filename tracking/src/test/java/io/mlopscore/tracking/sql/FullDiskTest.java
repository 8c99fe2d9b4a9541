package io.mlopscore.tracking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.RunNames;
import io.mlopscore.tracking.TrackingException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk without space: a clear answer, nothing half, and on it goes once there is space again.
final class FullDiskTest {
  private static final int BATCH = 500;

  @TempDir Path folder;

  @Test
  void fullDiskIsSaidAndLeavesNothingHalf() {
    try (var database = Database.open(new Sqlite(folder.resolve("mlflow.db")), "x:/")) {
      var store =
          new SqlTrackingStore(
              database, "x:/", new RunNames(new Random(1)), Clock.systemUTC(), Map.of());
      var run = store.createRun(new NewRun("0", "r", "ada", 1, Map.of())).info().runId();
      limit(database, pages(database) + 100);

      var batches = 0;
      TrackingException refused = null;
      while (refused == null) {
        refused = refusal(store, run, batches);
        batches += refused == null ? 1 : 0;
      }

      assertThat(refused.code()).isEqualTo(ErrorCode.STORAGE_FULL);
      assertThat(refused).hasMessageContaining("disk of the tracking database is full");
      assertThat(store.history(run, "m")).hasSize(batches * BATCH);
      limit(database, 1_000_000);
      assertThat(refusal(store, run, batches)).isNull();
      assertThat(store.history(run, "m")).hasSize((batches + 1) * BATCH);
      assertThat(number(database, "PRAGMA integrity_check").toString()).isEqualTo("ok");
    }
  }

  private static @org.jspecify.annotations.Nullable TrackingException refusal(
      SqlTrackingStore store, String run, int number) {
    var points = new ArrayList<Metric>();
    for (var i = 0; i < BATCH; i++) {
      points.add(new Metric("m", i, number, (long) number * BATCH + i));
    }
    try {
      store.log(run, new RunBatch(points, Map.of(), Map.of()));
      return null;
    } catch (TrackingException e) {
      return e;
    }
  }

  private static long pages(Database database) {
    return Long.parseLong(number(database, "PRAGMA page_count").toString());
  }

  /// For the one connection that a single thread uses again and again.
  private static void limit(Database database, long pages) {
    number(database, "PRAGMA max_page_count = " + pages);
  }

  private static Object number(Database database, String pragma) {
    return database.read(handle -> handle.createQuery(pragma).mapTo(String.class).one());
  }
}
