package io.mlopscore.tracking.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// When a message is sent again.
final class WebhookRetriesTest {
  private static final RandomGenerator NO_JITTER = () -> 0;
  private final List<Duration> pauses = new ArrayList<>();
  private final WebhookRetries retries = new WebhookRetries(3, NO_JITTER, pauses::add);

  private WebhookAnswer run(Integer... statuses) throws IOException, InterruptedException {
    Iterator<Integer> next = List.of(statuses).iterator();
    return retries.run(
        () -> {
          var status = next.next();
          if (status == 0) {
            throw new IOException("refused");
          }
          return new WebhookAnswer(status, Duration.ZERO, "");
        });
  }

  @Test
  void firstRetryComesAtOnceTheOthersLaterAndLater() throws Exception {
    assertThat(run(503, 0, 500, 200).status()).isEqualTo(200);
    assertThat(pauses).containsExactly(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void answerThatAnotherTryWouldNotChangeIsTheLast() throws Exception {
    for (var status : List.of(200, 204, 302, 400, 404)) {
      assertThat(run(status).status()).isEqualTo(status);
    }
    assertThat(pauses).isEmpty();
  }

  @Test
  void lastFailureIsWhatCounts() throws Exception {
    assertThat(run(500, 500, 500, 503).status()).isEqualTo(503);
    assertThatThrownBy(() -> run(500, 500, 500, 0)).hasMessage("refused");
  }

  @Test
  void receiverMayAskForTimeUpToAMinute() {
    assertThat(retries.wait(1, Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
    assertThat(retries.wait(1, Duration.ofHours(7))).isEqualTo(Duration.ofMinutes(1));
    assertThat(retries.wait(9, Duration.ZERO)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void retryAfterIsSecondsOrADate() {
    var clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    assertThat(WebhookRetries.retryAfter("12", clock)).isEqualTo(Duration.ofSeconds(12));
    assertThat(WebhookRetries.retryAfter("Sun, 1 Mar 2026 12:00:30 GMT", clock))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(WebhookRetries.retryAfter("soon", clock)).isEqualTo(Duration.ZERO);
  }
}
