package io.mlopscore.tracking.webhooks;

import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/// When a message is sent again, as MLflow does it: at once, then after 2, 4, 8 seconds and up to a
/// second more, but 60 at most; or after what the receiver asks for.
///
/// @param most how often at most
/// @param random spreads the tries of many messages
/// @param pause waits
record WebhookRetries(int most, RandomGenerator random, Pause pause) {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  interface Try {
    WebhookAnswer send() throws IOException;
  }

  interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  static WebhookRetries of(WebhookSettings settings, RandomGenerator random) {
    return new WebhookRetries(settings.retries(), random, Thread::sleep);
  }

  WebhookAnswer run(Try sending) throws IOException, InterruptedException {
    for (var failed = 1; failed <= most; failed++) {
      try {
        var answer = sending.send();
        if (!answer.isWorthAnotherTry()) {
          return answer;
        }
        pause.of(wait(failed, answer.retryAfter()));
      } catch (IOException _) {
        pause.of(wait(failed, Duration.ZERO)); // the last try says why
      }
    }
    return sending.send();
  }

  /// @param failed how many tries have failed
  /// @param asked what the receiver asks for
  Duration wait(int failed, Duration asked) {
    if (asked.isPositive()) {
      return asked.compareTo(LONGEST) < 0 ? asked : LONGEST;
    }
    if (failed <= 1) {
      return Duration.ZERO;
    }
    var pause =
        Duration.ofSeconds(1L << Math.min(failed - 1, 10))
            .plusMillis(Math.round(random.nextDouble() * 1000));
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }

  /// Reads `Retry-After`: seconds, or a date; zero for anything else.
  static Duration retryAfter(String header, Clock clock) {
    if (header.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Integer.parseInt(header));
    }
    try {
      var date = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Duration.between(clock.instant(), date.toInstant());
    } catch (DateTimeException _) {
      return Duration.ZERO;
    }
  }
}
