package io.mlopscore.app;

import io.mlopscore.monitoring.Check;
import java.util.List;
import java.util.Locale;

/// How checks are told, and the exit code for them.
final class ChecksText {
  /// Something was looked at and is not as it must be; 1 says that it could not be looked at.
  static final int FAILED = 3;

  private ChecksText() {}

  /// Prints one line for each check, or all as JSON.
  ///
  /// @return the exit code
  static int print(List<Check> checks, boolean json) {
    if (json) {
      System.out.println(TrackingOptions.json(checks));
    } else {
      checks.forEach(
          check ->
              System.out.printf(
                  "%-8s %-12s %s%n",
                  check.state().name().toLowerCase(Locale.ROOT), check.name(), check.detail()));
    }
    return checks.stream().anyMatch(Check::isFailed) ? FAILED : 0;
  }
}
