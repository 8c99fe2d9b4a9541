package io.mlopscore.tracking.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.Metric;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What readers get of the changes, whatever their speed.
final class ChangeLogTest {
  private final ChangeLog log = new ChangeLog("log", 4, 10_000, Duration.ofMinutes(1));

  private static Change change(int number) {
    return new RunChange.InputsLogged("run" + number);
  }

  @Test
  void readerGetsWhatFollowsWhatItRead() throws Exception {
    log.accept(change(1));
    log.accept(change(2));

    var part = log.after(1, Duration.ZERO);
    assertThat(part.changes()).containsExactly(change(2));
    assertThat(part.first()).isEqualTo(2);
    assertThat(part.last()).isEqualTo(2);
    assertThat(log.after(2, Duration.ZERO).changes()).isEmpty();
  }

  @Test
  void slowReaderIsToldHowMuchItMissed() throws Exception {
    for (var number = 1; number <= 10; number++) {
      log.accept(change(number));
    }

    var part = log.after(2, Duration.ZERO);
    assertThat(part.missed()).isEqualTo(4);
    assertThat(part.changes()).containsExactly(change(7), change(8), change(9), change(10));
    assertThat(part.first()).isEqualTo(7);
  }

  @Test
  void heavyChangesPushOutOthersSoThatMemoryStaysBounded() throws Exception {
    log.accept(change(1));
    var points = Collections.nCopies(1000, new Metric("loss", 0.5, 1, 1));
    log.accept(new RunChange.MetricsLogged("run2", points));
    log.accept(change(3));

    var part = log.after(0, Duration.ZERO);
    assertThat(part.changes()).containsExactly(change(3));
    assertThat(part.missed()).isEqualTo(2);
  }

  @Test
  void changesThatNobodyReadsAreCountedAndNotKept() throws Exception {
    var alone = new ChangeLog("log", 4, 10_000, Duration.ofNanos(-1));
    alone.accept(change(1));
    alone.accept(change(2));

    assertThat(alone.last()).isEqualTo(2);
    assertThat(alone.after(0, Duration.ZERO).missed()).isEqualTo(2);
    assertThat(alone.after(0, Duration.ZERO).changes()).isEmpty();
  }

  @Test
  void waitingReaderIsWokenByAChangeAndByTheEnd() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var woken = threads.submit(() -> log.after(0, Duration.ofMinutes(1)));
      log.accept(change(1));
      assertThat(woken.get().changes()).isEqualTo(List.of(change(1)));

      var ended = threads.submit(() -> log.after(1, Duration.ofMinutes(1)));
      log.close();
      assertThat(ended.get().closed()).isTrue();
    }
  }
}
