package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes that no proper client sends.
@SuppressWarnings("StringConcatToTextBlock") // HTTP lines end in CR LF, those of text blocks do not
class HostileCallerTest {
  private static Api api;

  @BeforeAll
  static void start() {
    api = Api.start("MLOPS_LIMIT_FAILED_KEYS", "off");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void a38ALargeBodyIsRefusedByItsHeadAlone() throws IOException {
    var answer =
        talk(
            "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 10485760\r\n"
                + "Expect: 100-continue\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"detail\"", "nosniff");
  }

  @Test
  void a38ALargeBodyThatIsSentAnywayIsAnswered() {
    var body = "x".repeat(10 << 20);

    assertThat(api.post("/predict", body).statusCode()).isEqualTo(413);
  }

  @Test
  void a38AnEndlessChunkedBodyWithoutAKeyIsNotRead() throws IOException {
    var answer =
        talk("POST /predict HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 401 ").containsIgnoringCase("connection: close");
  }

  @Test
  void aLargeChunkedBodyIsCutOff() throws IOException {
    var chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
    var answer =
        talk(
            "POST /predict HTTP/1.1\r\nHost: x\r\nX-API-Key: "
                + Api.KEY
                + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk
                + chunk
                + "0\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 413 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nno colon here\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
        "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      })
  void brokenHttpIsTheCallersFault(String bytes) throws IOException {
    assertThat(talk(bytes)).startsWith("HTTP/1.1 4").contains("\"detail\"", "nosniff", "DENY");
  }

  @Test
  void aBrokenChunkIsTheCallersFault() throws IOException {
    var answer =
        talk(
            "POST /predict HTTP/1.1\r\nHost: x\r\nX-API-Key: "
                + Api.KEY
                + "\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"detail\"");
  }

  @Test
  void largeHeadersAreRefused() throws IOException {
    var answer = talk("GET / HTTP/1.1\r\nHost: x\r\nA: " + "x".repeat(200_000) + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 431 ").contains("\"detail\"");
  }

  @Test
  void aFirstLineWithoutEndIsRefused() throws IOException {
    assertThat(talk("GET /" + "x".repeat(20_000))).startsWith("HTTP/1.1 414 ");
    assertThat(talk("GET /" + "x".repeat(200_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 414 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.0\r\n\r\n", "POST /predict HTTP/1.0\r\nHost: x\r\n\r\n"})
  void anOlderVersionIsToldWhatIsSpoken(String bytes) throws IOException {
    assertThat(talk(bytes)).startsWith("HTTP/1.1 505 ").contains("proxy_http_version 1.1");
  }

  @Test
  void noHttpAtAllIsAnswered() throws IOException {
    assertThat(talk("hello\r\n")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void forgedAddressesDoNotFillTheMemory() {
    var limiter =
        new LocalLimiter(
            RateLimit.parse("limit", "10/minute").orElseThrow(),
            TimeMeter.SYSTEM_MILLISECONDS,
            1_000);
    for (int i = 0; i < 50_000; i++) {
      limiter.take("198.51." + i);
    }

    assertThat(limiter.callers()).isLessThanOrEqualTo(1_016);
  }

  /// Sends bytes, says that no more will come, and reads all that comes back.
  private static String talk(String bytes) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.server.port())) {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
