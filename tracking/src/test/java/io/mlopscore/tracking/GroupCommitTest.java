package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many writers at once share transactions, and each gets its own answer.
class GroupCommitTest {
  private static final int WRITERS = 32;
  private static final int CALLS = 25;

  @TempDir Path folder;

  @Test
  void concurrentWritersOfSqliteLoseNothing() throws Exception {
    concurrentWritersLoseNothing(Tracking.DEFAULT_URI);
  }

  @Test
  void concurrentWritersOfPostgresqlLoseNothing() throws Exception {
    concurrentWritersLoseNothing(PostgresServer.freshDatabase());
  }

  private void concurrentWritersLoseNothing(String uri) throws Exception {
    try (var tracking = Tracking.open(uri, folder)) {
      var store = tracking.store();
      var run = start(store);
      var refused = together(WRITERS, writer -> log(store, run, writer));
      assertThat(store.history(run, "shared")).hasSize(WRITERS * CALLS);
      assertThat(store.run(run).metrics())
          .filteredOn(metric -> metric.key().equals("shared"))
          .extracting(Metric::step)
          .containsExactly((long) WRITERS * CALLS - 1);
      assertThat(refused).as("one value of the param is kept").isEqualTo(WRITERS - 1);
    }
  }

  /// Every writer logs its own points and its own value of one param, which only the first may.
  private static int log(TrackingStore store, String run, int writer) {
    for (var call = 0; call < CALLS; call++) {
      var point = new Metric("shared", writer, call, (long) call * WRITERS + writer);
      store.log(run, new RunBatch(List.of(point), Map.of(), Map.of("tag" + writer, "" + call)));
    }
    try {
      store.log(run, new RunBatch(List.of(), Map.of("param", "of " + writer), Map.of()));
      return 0;
    } catch (TrackingException e) {
      assertThat(e).hasMessageContaining("Changing param values is not allowed");
      return 1;
    }
  }

  @Test
  void refusedWriterTakesNoOtherWithIt() throws Exception {
    for (var uri : uris()) {
      try (var tracking = Tracking.open(uri, folder)) {
        var store = tracking.store();
        var run = start(store);
        var batch = new RunBatch(List.of(new Metric("m", 1, 1, 1)), Map.of(), Map.of());
        var refused =
            together(
                WRITERS,
                writer -> {
                  try {
                    store.log(writer % 2 == 0 ? run : "absent" + writer, batch);
                    return 0;
                  } catch (TrackingException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_DOES_NOT_EXIST);
                    return 1;
                  }
                });
        assertThat(refused).isEqualTo(WRITERS / 2);
        assertThat(store.history(run, "m")).hasSize(1);
      }
    }
  }

  @Test
  void experimentsAndRunsAreCreatedAtTheSameTime() throws Exception {
    for (var uri : uris()) {
      try (var tracking = Tracking.open(uri, folder)) {
        var store = tracking.store();
        var taken =
            together(
                WRITERS,
                writer -> {
                  try {
                    var id = store.createExperiment("e" + writer / 2, Map.of());
                    store.createRun(new NewRun(id, "r" + writer, "ada", 1, Map.of()));
                    return 0;
                  } catch (TrackingException e) {
                    assertThat(e.code()).isIn(ErrorCode.RESOURCE_ALREADY_EXISTS);
                    return 1;
                  }
                });
        assertThat(taken).isEqualTo(WRITERS / 2);
        assertThat(store.experiments()).hasSize(WRITERS / 2 + 1);
      }
    }
  }

  private static List<String> uris() throws SQLException {
    return List.of("sqlite:///refused.db", PostgresServer.freshDatabase());
  }

  private static String start(TrackingStore store) {
    return store.createRun(new NewRun("0", "r", "ada", 1, Map.of())).info().runId();
  }

  /// The sum of what each gave.
  private static int together(int count, java.util.function.IntUnaryOperator work)
      throws InterruptedException, ExecutionException {
    var results = new ArrayList<Future<Integer>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < count; i++) {
        var number = i;
        results.add(threads.submit(() -> work.applyAsInt(number)));
      }
    }
    var sum = 0;
    for (var result : results) {
      sum += result.get();
    }
    return sum;
  }
}
