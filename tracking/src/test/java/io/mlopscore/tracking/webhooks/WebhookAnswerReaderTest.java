package io.mlopscore.tracking.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers of receivers, well-behaved and not.
final class WebhookAnswerReaderTest {
  /// @param answer with `|` for the end of a line
  private static WebhookAnswer read(String answer) throws IOException {
    var bytes = answer.replace("|", "\r\n").getBytes(StandardCharsets.UTF_8);
    return new WebhookAnswerReader(new ByteArrayInputStream(bytes), Clock.systemUTC()).read();
  }

  @Test
  void bodyEndsWithItsLengthItsChunksOrTheConnection() throws Exception {
    assertThat(read("HTTP/1.1 200 OK|Content-Length: 5||heard more").body()).isEqualTo("heard");
    assertThat(read("HTTP/1.0 200 OK|Server: x||heard").body()).isEqualTo("heard");
    assertThat(read("HTTP/1.1 200 OK|Transfer-Encoding: chunked||" + "2;x=y|he|3|ard|0||").body())
        .isEqualTo("heard");
    assertThat(read("HTTP/1.1 204||").status()).isEqualTo(204);
  }

  @Test
  void answerAfterAnInterimOneCounts() throws Exception {
    var answer = read("HTTP/1.1 100 Continue||HTTP/1.1 429 Slow|RETRY-AFTER: 7||");
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void onlyTheBeginningOfALongBodyIsRead() throws Exception {
    var long1 = "x".repeat(1 << 20);
    assertThat(read("HTTP/1.1 200 OK||" + long1).body()).hasSize(64 << 10);
    assertThat(read("HTTP/1.1 200 OK|Transfer-Encoding: chunked||100000|" + long1 + "|0|").body())
        .hasSize(64 << 10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1",
        "HTTP/2 200||",
        "HTTP/1.1 2000 OK||",
        "HTTP/1.1 200 OK|",
        "HTTP/1.1 200 OK|no colon||",
        "HTTP/1.1 200 OK|Content-Length: x||",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||zz|",
        "SSH-2.0-OpenSSH|"
      })
  void whatIsNoAnswerIsAFailure(String answer) {
    assertThatThrownBy(() -> read(answer)).isInstanceOf(IOException.class);
  }
}
