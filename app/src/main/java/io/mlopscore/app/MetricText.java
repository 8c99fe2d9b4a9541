package io.mlopscore.app;

import io.mlopscore.tracking.Metric;
import java.util.Locale;

/// Values of metrics in tables; JSON has the numbers.
final class MetricText {
  private MetricText() {}

  /// Four decimals.
  static String brief(Metric metric) {
    return metric.isInfinite() ? metric.text() : String.format(Locale.ROOT, "%.4f", metric.value());
  }
}
