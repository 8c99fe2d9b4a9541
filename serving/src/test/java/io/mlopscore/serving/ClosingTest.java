package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who ends a connection, long before the idle timeout would.
class ClosingTest {
  @ParameterizedTest
  @ValueSource(strings = {"/health", "/nope", "/predict"})
  void theConnectionEndsWhereTheCallerAskedForIt(String path) throws IOException {
    try (var api = Api.start("MLOPS_IDLE_TIMEOUT", "60");
        var socket = new Socket(InetAddress.getLoopbackAddress(), api.server.port())) {
      socket.setSoTimeout(20_000);
      var request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));

      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

      assertThat(answer).startsWith("HTTP/1.1 ").containsIgnoringCase("connection: close");
    }
  }
}
