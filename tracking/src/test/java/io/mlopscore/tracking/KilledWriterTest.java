package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed while it writes: what it was told is safe is there, and nothing is
// half.
class KilledWriterTest {
  private static final int ACKNOWLEDGED = 40;

  @TempDir Path folder;

  @RepeatedTest(3)
  void acknowledgedBatchesAreWholeAndNoOtherIsHalf() throws Exception {
    var last = killWhileWriting();

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

  /// The number of the last batch that was acknowledged before the kill.
  private int killWhileWriting() throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
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
}
