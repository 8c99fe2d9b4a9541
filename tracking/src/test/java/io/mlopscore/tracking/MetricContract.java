package io.mlopscore.tracking;

import static io.mlopscore.tracking.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every tracking store does with points of metrics and their history.
interface MetricContract extends StoreUnderTest {
  @Test
  default void historyLongerThanAPageIsWhole() {
    var id = start("long").info().runId();
    for (var first = 0; first < 26_000; first += 1000) {
      var points = new ArrayList<Metric>();
      for (var step = first; step < first + 1000; step++) {
        points.add(new Metric("loss", 0.5, step, step));
      }
      store().log(id, new RunBatch(points, Map.of(), Map.of()));
    }
    assertThat(store().history(id, "loss"))
        .hasSize(26_000)
        .last()
        .isEqualTo(new Metric("loss", 0.5, 25_999, 25_999));
  }

  @Test
  default void latestMetricIsTheOneOfTheHighestStep() {
    var id = start("latest").info().runId();
    logMetrics(id, new Metric("loss", 0.5, 10, 2), new Metric("loss", 0.9, 20, 1));
    assertThat(store().run(id).metrics()).containsExactly(new Metric("loss", 0.5, 10, 2));
    assertThat(store().history(id, "loss"))
        .containsExactly(new Metric("loss", 0.5, 10, 2), new Metric("loss", 0.9, 20, 1));
  }

  @Test
  default void samePointTwiceIsOnePoint() {
    var id = start("twice-logged").info().runId();
    var point = new Metric("loss", 0.5, 10, 2);
    logMetrics(id, point);
    logMetrics(id, point);
    assertThat(store().history(id, "loss")).containsExactly(point);
  }

  @Test
  default void notANumberAndInfinityAreKeptAsMlflowKeepsThem() {
    var id = start("odd").info().runId();
    logMetrics(
        id,
        new Metric("nan", Double.NaN, 1, 0),
        new Metric("up", Double.POSITIVE_INFINITY, 1, 0),
        new Metric("down", Double.NEGATIVE_INFINITY, 1, 0));
    var values = new HashMap<String, Double>();
    store().run(id).metrics().forEach(metric -> values.put(metric.key(), metric.value()));
    assertThat(values)
        .containsEntry("nan", Double.NaN)
        .containsEntry("up", Double.MAX_VALUE)
        .containsEntry("down", -Double.MAX_VALUE);
  }

  @Test
  default void notANumberIsOlderThanAnyLaterStep() {
    var id = start("nan-latest").info().runId();
    logMetrics(id, new Metric("loss", Double.NaN, 5, 1), new Metric("loss", -1, 5, 1));
    assertThat(store().run(id).metrics()).containsExactly(new Metric("loss", Double.NaN, 5, 1));
    logMetrics(id, new Metric("loss", 0.5, 5, 1));
    assertThat(store().run(id).metrics()).containsExactly(new Metric("loss", 0.5, 5, 1));
  }

  @Test
  default void wholeNumbersOf64BitsComeBack() {
    var id = start("extremes").info().runId();
    var points =
        new Metric[] {
          new Metric("low", -Double.MIN_VALUE, 0, Long.MIN_VALUE),
          new Metric("top", 0.1 + 0.2, Long.MAX_VALUE, Long.MAX_VALUE)
        };
    logMetrics(id, points);
    assertThat(store().run(id).metrics()).containsExactly(points);
  }

  @Test
  default void timeOfAMetricIsNotNegative() {
    var id = start("negative-time").info().runId();
    assertRefused(
        () -> logMetrics(id, new Metric("m", 1, -1, 0)),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid value -1 for parameter 'timestamp' supplied");
  }

  @Test
  default void sampledHistoryKeepsTheEnds() {
    var id = start("sampled").info().runId();
    var points = new ArrayList<Metric>();
    for (var step = 0; step < 500; step++) {
      points.add(new Metric("loss", step, step, step));
    }
    store().log(id, new RunBatch(points, Map.of(), Map.of()));
    assertThat(store().sampledHistories(List.of(id), "loss", StepRange.ALL, 5))
        .extracting(point -> point.metric().step())
        .containsExactly(0L, 100L, 200L, 300L, 499L);
    assertThat(store().sampledHistories(List.of(id), "loss", new StepRange(7, 8), 5)).hasSize(2);
    assertThat(store().histories(List.of(id), "loss", 3)).hasSize(3);
  }

  /// As many points as steps, but not one at each: at 2 and 3 there are none, at 5 there are three.
  @Test
  default void sampledHistoryIsByPlaceWhereStepsAreLeftOutAndRepeated() {
    var id = start("sampled-with-gaps").info().runId();
    var points = new ArrayList<Metric>();
    for (var step : List.of(0, 1, 4, 5, 5, 5, 6, 7, 8, 9)) {
      points.add(new Metric("loss", points.size(), points.size(), step));
    }
    store().log(id, new RunBatch(points, Map.of(), Map.of()));
    assertThat(store().sampledHistories(List.of(id), "loss", StepRange.ALL, 5))
        .extracting(point -> point.metric().value())
        .containsExactly(0.0, 2.0, 4.0, 6.0, 9.0);
  }
}
