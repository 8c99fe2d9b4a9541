package io.mlopscore.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server that stops in the middle of an answer holds nobody up.
@NullUnmarked
@Timeout(60)
final class StallingServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final CountDownLatch over = new CountDownLatch(1);
  private Stalling server;

  /// Sends three bytes of a hundred; of what is sent to it, it takes none.
  private final class Stalling extends HttpFake {
    @Override
    void answer(HttpExchange exchange, Map<String, String> query) throws IOException {
      if (exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write(new byte[3]);
        exchange.getResponseBody().flush();
      }
      try {
        over.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @BeforeEach
  void start() {
    server = new Stalling();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.close();
  }

  private static void assertGivesUp(ObjectStore store) throws IOException {
    try (store;
        var in = store.open("a")) {
      assertThat(in.readNBytes(3)).hasSize(3);
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(HttpTimeoutException.class)
          .hasMessageContaining("2000 ms");
    }
  }

  private ObjectStore web() throws IOException {
    var options = new HttpOptions("POST", Map.of(), Tls.trusted(), PATIENCE, PATIENCE);
    return HttpObjectStore.connect(server.address(), options);
  }

  @Test
  void aWebServer() throws IOException {
    assertGivesUp(web());
  }

  @Test
  void aWebServerThatTakesNoBytes(@TempDir Path files) throws IOException {
    var large = Files.write(files.resolve("large"), new byte[32 << 20]);
    try (var store = web()) {
      assertThatThrownBy(() -> store.put("a", large)).isInstanceOf(HttpTimeoutException.class);
    }
  }

  @Test
  void cloudStorage() throws IOException {
    var http =
        new GcsHttp(
            HttpClient.newHttpClient(),
            URI.create(server.address()),
            Optional.empty(),
            Duration.ofMillis(1),
            PATIENCE);
    assertGivesUp(new GcsObjectStore(http, "bucket"));
  }

  @Test
  void azure() throws IOException {
    var timeouts = new AzureOptions.Timeouts(PATIENCE, PATIENCE, Optional.empty());
    var options =
        new AzureOptions(
            URI.create(server.address()),
            "account",
            Optional.empty(),
            Optional.of("sig=1"),
            Optional.empty(),
            timeouts);
    assertGivesUp(AzureObjectStore.connect("container", options));
  }
}
