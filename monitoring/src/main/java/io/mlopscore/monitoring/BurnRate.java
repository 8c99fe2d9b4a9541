package io.mlopscore.monitoring;

import java.math.BigDecimal;
import java.util.List;

/// How fast errors may use up what a period allows before somebody is told, as "Alerting on SLOs"
/// of the SRE workbook has it (https://sre.google/workbook/alerting-on-slos/).
///
/// @param factor 1 uses up the budget exactly by the end of the period
/// @param longWindow over which it must be exceeded, so that a hiccup wakes nobody
/// @param shortWindow over which it must be exceeded too, so that the alert ends with its cause
/// @param severity `page` for whoever is on call, `ticket` for working hours
record BurnRate(BigDecimal factor, String longWindow, String shortWindow, String severity) {
  /// From "over in two days" to "over before the period is".
  static final List<BurnRate> ALL =
      List.of(
          new BurnRate(new BigDecimal("14.4"), "1h", "5m", "page"),
          new BurnRate(new BigDecimal("6"), "6h", "30m", "page"),
          new BurnRate(new BigDecimal("3"), "1d", "2h", "ticket"),
          new BurnRate(new BigDecimal("1"), "3d", "6h", "ticket"));

  /// Every window that a rule looks at, the shortest first.
  static final List<String> WINDOWS = List.of("5m", "30m", "1h", "2h", "6h", "1d", "3d");
}
