package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Callers who stop in the middle hold a connection for no longer than the idle timeout.
@SuppressWarnings("StringConcatToTextBlock") // HTTP lines end in CR LF, those of text blocks do not
class SlowCallerTest {
  private static final String POST =
      "POST /predict HTTP/1.1\r\nHost: x\r\nX-API-Key: " + Api.KEY + "\r\n";
  private static Api api;

  @BeforeAll
  static void start() {
    api = Api.start("MLOPS_IDLE_TIMEOUT", "1", "MLOPS_LIMIT_FAILED_KEYS", "off");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: x\r\n",
        POST + "Content-Length: 99\r\n\r\n{",
        POST + "Transfer-Encoding: chunked\r\n\r\n99\r\n{",
        POST + "Transfer-Encoding: chunked\r\n\r\n"
      })
  void halfARequestIsTimedOut(String bytes) throws IOException {
    assertThat(talk(bytes)).startsWith("HTTP/1.1 408 ").contains("\"detail\"", "nosniff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 99\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n"})
  void halfABodyWithoutAKeyIsNotWaitedFor(String rest) throws IOException {
    var answer = talk("POST /predict HTTP/1.1\r\nHost: x\r\n" + rest);

    assertThat(answer).startsWith("HTTP/1.1 401 ").doesNotContain("HTTP/1.1 408 ");
  }

  @Test
  void aBrokenChunkIsAnsweredBeforeAnyTimeout() throws IOException {
    assertThat(talk(POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .doesNotContain("HTTP/1.1 408 ");
  }

  /// A line without end would be kept in memory.
  @Test
  void theLengthOfAChunkHasAnEnd() throws IOException {
    try (var socket = open(POST + "Transfer-Encoding: chunked\r\n\r\n")) {
      var digits = "0".repeat(1 << 20).getBytes(StandardCharsets.ISO_8859_1);
      var sent = 0;
      try {
        while (sent < 100) {
          socket.getOutputStream().write(digits);
          sent++;
        }
      } catch (IOException _) {
        // closed at the other end
      }
      assertThat(sent).isLessThan(40);
    }
  }

  @Test
  void answersThatNobodyTakesAreNotKept() throws Exception {
    var page = api.get("/docs/swagger-ui-bundle.js").body().length();
    try (var socket =
        open("GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n".repeat(30))) {
      Thread.sleep(2_000);
      var taken = 0L;
      try {
        taken = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException _) {
        // closed in the middle
      }
      assertThat(taken).isLessThan(30L * page);
    }
  }

  /// Sends bytes, leaves open whether more will come, and reads until the server ends it.
  private static String talk(String bytes) throws IOException {
    try (var socket = open(bytes)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static Socket open(String bytes) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(64 << 10);
    socket.setSoTimeout(10_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.server.port()));
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }
}
