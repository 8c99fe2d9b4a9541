package io.mlopscore.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Times in words.
final class Times {
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final Clock clock;

  Times(Clock clock) {
    this.clock = clock;
  }

  /// @param milliseconds since the epoch
  Moment moment(long milliseconds) {
    var instant = Instant.ofEpochMilli(milliseconds);
    return new Moment(ago(instant), EXACT.format(instant));
  }

  private String ago(Instant instant) {
    var passed = Duration.between(instant, clock.instant());
    if (passed.toMinutes() < 1) {
      return "just now";
    }
    if (passed.toHours() < 1) {
      return count(passed.toMinutes(), "minute");
    }
    if (passed.toDays() < 1) {
      return count(passed.toHours(), "hour");
    }
    return passed.toDays() < 14 ? count(passed.toDays(), "day") : DAY.format(instant);
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s") + " ago";
  }

  /// How long something took.
  ///
  /// @param end null while it lasts; milliseconds since the epoch, as `start`
  String duration(long start, @Nullable Long end) {
    var took = Duration.ofMillis(Math.max(0, (end == null ? clock.millis() : end) - start));
    return words(took) + (end == null ? " so far" : "");
  }

  static String words(long milliseconds) {
    return words(Duration.ofMillis(milliseconds));
  }

  static String nanos(long nanoseconds) {
    return nanoseconds < 1_000_000
        ? String.format(Locale.ROOT, "%.2f ms", nanoseconds / 1e6)
        : words(nanoseconds / 1_000_000);
  }

  private static String words(Duration took) {
    if (took.toMillis() < 1000) {
      return took.toMillis() + " ms";
    }
    if (took.toMinutes() < 1) {
      return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
    return took.toHours() < 1
        ? took.toMinutes() + " min " + took.toSecondsPart() + " s"
        : took.toHours() + " h " + took.toMinutesPart() + " min";
  }
}
