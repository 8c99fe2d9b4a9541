package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed while it writes: what it was told is safe is there, and nothing is
// half.
class KilledWriterTest {
  private static final int ACKNOWLEDGED = 40;
  private static final int WRITERS = 8;

  @TempDir Path folder;

  @RepeatedTest(3)
  void acknowledgedBatchesAreWholeAndNoOtherIsHalf() throws Exception {
    var last = killWhileWriting(Writer.class);

    try (var tracking = Tracking.open(Tracking.DEFAULT_URI, folder)) {
      var experiment = tracking.store().experimentByName("killed").orElseThrow();
      var run = tracking.store().runs(experiment.id(), 1).getFirst().info().runId();
      var a = tracking.store().history(run, "a");
      assertThat(a).hasSizeGreaterThanOrEqualTo(last + 1);
      assertThat(tracking.store().history(run, "b"))
          .extracting(Metric::step)
          .isEqualTo(a.stream().map(Metric::step).toList());
    }
  }

  @RepeatedTest(3)
  void batchesOfManyWritersAreWholeToo() throws Exception {
    var acknowledged = killWhileWriting(Writers.class);

    try (var tracking = Tracking.open(Tracking.DEFAULT_URI, folder)) {
      var experiment = tracking.store().experimentByName("killed").orElseThrow();
      var kept = 0;
      for (var run : tracking.store().runs(experiment.id(), WRITERS)) {
        var a = tracking.store().history(run.info().runId(), "a");
        assertThat(tracking.store().history(run.info().runId(), "b"))
            .extracting(Metric::step)
            .isEqualTo(a.stream().map(Metric::step).toList());
        kept += a.size();
      }
      assertThat(kept).isGreaterThanOrEqualTo(acknowledged);
    }
  }

  /// The last number that was said before the kill.
  private int killWhileWriting(Class<?> writer) throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                writer.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader acknowledged = process.inputReader();
    var last = -1;
    while (last < ACKNOWLEDGED) {
      var line = acknowledged.readLine();
      assertThat(line).as("the writer ended by itself").isNotNull();
      last = Integer.parseInt(line);
    }
    process.destroyForcibly().waitFor();
    return last;
  }

  /// Logs batches without end and says each number once it is safe.
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      try (var tracking = Tracking.open(Tracking.DEFAULT_URI, Path.of(args[0]))) {
        var store = tracking.store();
        var experiment = store.createExperiment("killed", Map.of());
        var run = store.createRun(new NewRun(experiment, "r", "ada", 1, Map.of())).info().runId();
        for (var i = 0; ; i++) {
          var points = List.of(new Metric("a", i, 1, i), new Metric("b", i, 1, i));
          store.log(run, new RunBatch(points, Map.of(), Map.of()));
          System.out.println(i);
        }
      }
    }
  }

  /// The same from many threads; says how many batches are safe.
  static final class Writers {
    private Writers() {}

    public static void main(String[] args) {
      var safe = new AtomicInteger();
      try (var tracking = Tracking.open(Tracking.DEFAULT_URI, Path.of(args[0]));
          var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var store = tracking.store();
        var experiment = store.createExperiment("killed", Map.of());
        var writers = new ArrayList<Callable<Void>>();
        for (var i = 0; i < WRITERS; i++) {
          writers.add(() -> log(store, experiment, safe));
        }
        threads.invokeAll(writers);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    private static Void log(TrackingStore store, String experiment, AtomicInteger safe) {
      var run = store.createRun(new NewRun(experiment, "r", "ada", 1, Map.of())).info().runId();
      for (var i = 0; ; i++) {
        var points = List.of(new Metric("a", i, 1, i), new Metric("b", i, 1, i));
        store.log(run, new RunBatch(points, Map.of(), Map.of()));
        System.out.println(safe.incrementAndGet());
      }
    }
  }
}
