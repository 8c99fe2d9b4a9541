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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More than the database can take: what is too much is refused at once, memory does not grow.
final class BackPressureTest {
  private static final int CALLS = 210;

  @TempDir Path folder;

  @Test
  void whatIsTooMuchIsRefusedAndTheRestIsWritten() throws Exception {
    var refused = new AtomicInteger();
    var release = new CountDownLatch(1);
    try (var database = Database.open(new Sqlite(folder.resolve("mlflow.db")), "x:/")) {
      var store =
          new SqlTrackingStore(
              database, "x:/", new RunNames(new Random(1)), Clock.systemUTC(), Map.of());
      var run = store.createRun(new NewRun("0", "r", "ada", 1, Map.of())).info().runId();
      var batch = new RunBatch(thousandPoints(), Map.of(), Map.of());
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var held = new CountDownLatch(1);
        threads.execute(() -> database.change(_ -> hold(held, release)));
        held.await();
        for (var i = 0; i < CALLS; i++) {
          threads.execute(
              () -> {
                try {
                  store.log(run, batch);
                } catch (TrackingException e) {
                  if (e.code() == ErrorCode.REQUEST_LIMIT_EXCEEDED) {
                    refused.incrementAndGet();
                  }
                  release.countDown();
                }
              });
        }
      }
      assertThat(refused.get()).isBetween(1, CALLS - 1);
      assertThat(store.history(run, "m")).hasSize(1000);
      store.log(run, batch);
    }
  }

  private static void hold(CountDownLatch held, CountDownLatch release) {
    held.countDown();
    try {
      release.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Metric> thousandPoints() {
    var points = new ArrayList<Metric>();
    for (var i = 0; i < 1000; i++) {
      points.add(new Metric("m", i, 1, i));
    }
    return points;
  }
}
