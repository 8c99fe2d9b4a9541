package io.mlopscore.console;

import io.mlopscore.tracking.Metric;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/// Numbers as short as they can be read.
final class Numbers {
  private static final int LONGEST = 40;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final int DECIMALS = 4;
  private static final double SMALLEST_PLAIN = 1e-3;
  private static final double LARGEST_PLAIN = 1e9;

  private Numbers() {}

  /// At most four decimals, or four digits and an exponent where that would hide the value.
  static String brief(Metric metric) {
    var value = metric.value();
    if (metric.isInfinite() || Double.isNaN(value)) {
      return metric.text();
    }
    var size = Math.abs(value);
    if (size != 0 && (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN)) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    var rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  static boolean isNumber(String text) {
    return text.length() <= LONGEST && NUMBER.matcher(text).matches();
  }

  static String bytes(long size) {
    if (size < 1024) {
      return size + " B";
    }
    return size < 1024 * 1024
        ? String.format(Locale.ROOT, "%.1f kB", size / 1024.0)
        : String.format(Locale.ROOT, "%.1f MB", size / (1024.0 * 1024.0));
  }
}
