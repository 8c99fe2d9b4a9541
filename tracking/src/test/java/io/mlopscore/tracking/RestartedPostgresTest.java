package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// PostgreSQL is stopped and started under load: requests wait or are told to come back, and then
/// it goes on; what was acknowledged is there.
class RestartedPostgresTest {
  private static final int WRITERS = 4;
  private static final int ENOUGH = 50;

  @TempDir Path folder;
  @TempDir Path data;

  @Test
  @Timeout(120)
  void restartOfTheServerLosesNothing() throws Exception {
    var acknowledged = ConcurrentHashMap.<Long>newKeySet();
    var stop = new AtomicBoolean();
    var first = start(0);
    var port = first.getPort();
    try (var tracking =
        Tracking.open("postgresql://postgres@127.0.0.1:" + port + "/postgres", folder)) {
      var store = tracking.store();
      var run = store.createRun(new NewRun("0", "r", "ada", 1, Map.of())).info().runId();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var writers = new ArrayList<Future<?>>();
        for (var i = 0; i < WRITERS; i++) {
          var writer = i;
          writers.add(threads.submit(() -> log(store, run, writer, acknowledged, stop)));
        }
        await(acknowledged, ENOUGH);
        first.close();
        var before = acknowledged.size();
        try (var _ = start(port)) {
          await(acknowledged, before + ENOUGH);
          stop.set(true);
          for (var writer : writers) {
            writer.get();
          }
          assertThat(store.history(run, "m")).extracting(Metric::step).containsAll(acknowledged);
        }
      } finally {
        stop.set(true);
      }
    }
  }

  private EmbeddedPostgres start(int port) throws IOException {
    try {
      return EmbeddedPostgres.builder()
          .setDataDirectory(data)
          .setCleanDataDirectory(false)
          .setPort(port)
          .start();
    } catch (IllegalStateException e) {
      throw new TestAbortedException("PostgreSQL does not start here: " + e, e);
    }
  }

  private static @Nullable Void log(
      TrackingStore store, String run, int writer, Set<Long> acknowledged, AtomicBoolean stop) {
    for (long step = writer; !stop.get(); step += WRITERS) {
      try {
        store.log(run, new RunBatch(List.of(new Metric("m", 1, 1, step)), Map.of(), Map.of()));
        acknowledged.add(step);
      } catch (TrackingException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.TEMPORARILY_UNAVAILABLE);
      }
    }
    return null;
  }

  private static void await(Set<Long> acknowledged, int count) throws InterruptedException {
    while (acknowledged.size() < count) {
      Thread.sleep(10);
    }
  }
}
