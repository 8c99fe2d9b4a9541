package io.mlopscore.tracking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.PostgresServer;
import io.mlopscore.tracking.RunNames;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The samples of a long history are found by the index: step by step, without reading what lies
/// between them. A plan that reads all is right too, and takes minutes.
final class SamplePlanTest {
  private static final String KEY = "loss";

  @TempDir Path folder;

  @Test
  void sqliteLooksUpEachStep() {
    try (var database = Database.open(new Sqlite(folder.resolve("mlflow.db")), "x:/")) {
      var plan = plan(database, "EXPLAIN QUERY PLAN ", "r", "detail");
      assertThat(plan)
          .contains(
              "SEARCH metrics USING INDEX index_metrics_run_uuid_key_step"
                  + " (run_uuid=? AND key=? AND step=?)")
          .doesNotContain("SCAN metrics");
    }
  }

  @Test
  void postgresqlLooksUpEachStep() throws Exception {
    var uri = DatabaseUri.read(PostgresServer.freshDatabase(), folder, Map.of());
    try (var database = Database.open(uri, "x:/")) {
      var run = run(database);
      database.change(
          handle ->
              handle.execute(
                  "INSERT INTO metrics (\"key\", value, timestamp, step, run_uuid)"
                      + " SELECT ?, 1.0 / n, n, n, ? FROM generate_series(1, 200000) n",
                  KEY,
                  run));
      database.change(handle -> handle.execute("ANALYZE metrics"));
      assertThat(plan(database, "EXPLAIN ", run, "QUERY PLAN"))
          .contains("index_metrics_run_uuid_key_step")
          .containsPattern("Index Cond: .*step = ")
          .doesNotContain("Seq Scan on metrics");
    }
  }

  private static String run(Database database) {
    var names = new RunNames(new Random(1));
    return new SqlTrackingStore(database, "x:/", names, Clock.systemUTC(), Map.of())
        .createRun(new NewRun("0", "r", "ada", 1, Map.of()))
        .info()
        .runId();
  }

  private static String plan(Database database, String explain, String run, String column) {
    var steps = LongStream.range(0, 500).mapToObj(n -> n * 400).toList();
    return database.read(
        handle ->
            String.join(
                "\n",
                SqlText.of(explain)
                    .add(MetricReading.pointsAt(run, KEY, steps))
                    .query(handle)
                    .map((row, _) -> row.getString(column))
                    .list()));
  }
}
