package io.mlopscore.app;

import io.mlopscore.tracking.Metric;
import java.util.Locale;

/// Values of metrics in what people read; JSON has the numbers.
final class MetricText {
  private MetricText() {}

  /// Four decimals.
  static String brief(Metric metric) {
    return metric.isInfinite() ? exact(metric) : String.format(Locale.ROOT, "%.4f", metric.value());
  }

  static String exact(Metric metric) {
    if (metric.isInfinite()) {
      return metric.value() < 0 ? "-∞" : "∞";
    }
    return Double.toString(metric.value());
  }
}
