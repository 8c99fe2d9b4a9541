package io.mlopscore.console;

import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.Run;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The best value of each metric over some runs. There is none where all runs agree.
///
/// MLflow does not record whether more is better, so the name decides: less is better for what is
/// called a loss, an error or a duration. How much a model relies on a feature is neither good nor
/// bad.
record Best(Map<String, Double> values) {
  private static final List<String> LESS_IS_BETTER =
      List.of("loss", "error", "mse", "mae", "brier", "duration", "latency", "seconds", "time");

  private static final String IMPORTANCE = "importance_";

  Best {
    values = Map.copyOf(values);
  }

  static Best of(List<Run> runs) {
    var ranges = new HashMap<String, DoubleSummaryStatistics>();
    for (var run : runs) {
      for (var metric : run.metrics()) {
        if (Double.isFinite(metric.value()) && !metric.key().startsWith(IMPORTANCE)) {
          ranges
              .computeIfAbsent(metric.key(), _ -> new DoubleSummaryStatistics())
              .accept(metric.value());
        }
      }
    }
    ranges.values().removeIf(range -> range.getMin() == range.getMax());
    var best = new HashMap<String, Double>();
    ranges.forEach(
        (key, range) -> best.put(key, lessIsBetter(key) ? range.getMin() : range.getMax()));
    return new Best(best);
  }

  static boolean lessIsBetter(String metric) {
    var name = metric.toLowerCase(Locale.ROOT);
    return LESS_IS_BETTER.stream().anyMatch(name::contains);
  }

  /// A metric of a run, marked if it is the best.
  Cell cell(Run run, String key) {
    return run.metrics().stream()
        .filter(metric -> metric.key().equals(key))
        .findFirst()
        .map(this::cell)
        .orElse(Cell.EMPTY);
  }

  private Cell cell(Metric metric) {
    var best = values.get(metric.key());
    return new Cell(
        Numbers.brief(metric),
        String.valueOf(metric.value()),
        best != null && best == metric.value(),
        true);
  }
}
