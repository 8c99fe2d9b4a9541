package io.mlopscore.serving;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// At most so many requests in a time, such as `10/minute`.
///
/// @param count requests, at least 1
/// @param period one second, minute, hour or day
public record RateLimit(int count, Duration period) {
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,9})\\s*(?:/|per)\\s*(?:1\\s+)?(second|minute|hour|day)s?");

  public RateLimit {
    if (count < 1) {
      throw new IllegalArgumentException("a limit must allow at least 1 request, not " + count);
    }
  }

  /// @param setting the name for the error
  /// @param text `30/minute`, `10 per 1 minute`, or `off`
  static Optional<RateLimit> parse(String setting, String text) {
    var lower = text.strip().toLowerCase(Locale.ROOT);
    if (lower.equals("off")) {
      return Optional.empty();
    }
    var match = TEXT.matcher(lower);
    if (!match.matches() || Integer.parseInt(match.group(1)) == 0) {
      throw new SettingException(
          setting, "'" + text + "' is not a limit; write one such as 30/minute, or off");
    }
    return Optional.of(new RateLimit(Integer.parseInt(match.group(1)), unit(match.group(2))));
  }

  private static Duration unit(String word) {
    return switch (word) {
      case "second" -> Duration.ofSeconds(1);
      case "minute" -> Duration.ofMinutes(1);
      case "hour" -> Duration.ofHours(1);
      default -> Duration.ofDays(1);
    };
  }

  /// The words that callers of the original service know: `10 per 1 minute`.
  @Override
  public String toString() {
    return count + " per 1 " + unitName();
  }

  private String unitName() {
    return switch ((int) period.toSeconds()) {
      case 1 -> "second";
      case 60 -> "minute";
      case 3600 -> "hour";
      default -> "day";
    };
  }
}
