package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is kept of runs.
final class StageHistoryTest {
  @TempDir private Path folder;
  private StageHistory history;

  @BeforeEach
  void open() {
    history = new StageHistory(folder);
  }

  private static StageRun run(String stage, long millis, int exitCode) {
    var time = Duration.ofMillis(millis);
    return new StageRun(stage, Instant.ofEpochMilli(1), time, time, 5_000_000, exitCode, 1);
  }

  @Test
  void runsAreReadAsTheyWereWritten() throws IOException {
    var run = run("sub/dvc.yaml:a@x\ty\n", 7, -9);
    history.add(run);
    assertThat(history.runs()).containsOnlyKeys(run.address());
    assertThat(history.runs().get(run.address())).containsExactly(run);
  }

  @Test
  void theUsualTimeIsTheMedianOfRunsThatSucceeded() throws IOException {
    for (long millis : new long[] {5, 1, 900}) {
      history.add(run("s", millis, 0));
    }
    history.add(run("s", 1, 1));
    history.add(run("failed", 1, 1));
    assertThat(history.durations()).containsOnlyKeys("s").containsEntry("s", Duration.ofMillis(5));
  }

  @Test
  void aLineThatACrashCutShortIsPassedOver() throws IOException {
    history.add(run("a", 1, 0));
    Files.writeString(folder.resolve("history"), "b\t17", StandardOpenOption.APPEND);
    assertThat(history.runs()).containsOnlyKeys("a");
    history.add(run("c", 1, 0));
    history.add(run("d", 1, 0));
    assertThat(history.runs()).containsKeys("a", "d");
  }

  @Test
  void theFileDoesNotGrowWithoutEnd() throws IOException {
    var line = "s\t1\t1\t1\t0\t0\t1\n";
    Files.writeString(folder.resolve("history"), line.repeat(100_000));
    history.compact();
    assertThat(Files.readAllLines(folder.resolve("history"))).hasSize(10);
  }
}
