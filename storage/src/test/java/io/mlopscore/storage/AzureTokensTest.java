package io.mlopscore.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A service principal gets one token, and shows it with each request.
final class AzureTokensTest {
  /// Entra ID and Blob Storage in one.
  private static final class FakeAzure extends HttpFake {
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    void answer(HttpExchange exchange, Map<String, String> query) throws IOException {
      if (exchange.getRequestURI().getPath().equals("/tenant/oauth2/v2.0/token")) {
        asked.incrementAndGet();
        var form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        boolean known = form.contains("client_secret=a%2Bb") && form.contains("client_id=me");
        send(
            exchange,
            known ? 200 : 401,
            "{\"access_token\": \"t\", \"expires_in\": 3600, \"token_type\": \"Bearer\"}");
        return;
      }
      boolean shown = "Bearer t".equals(exchange.getRequestHeaders().getFirst("Authorization"));
      send(exchange, shown ? 200 : 403, "12345");
    }
  }

  private static ObjectStore store(FakeAzure server, String secret) throws IOException {
    var endpoint = URI.create(server.address());
    return AzureObjectStore.connect(
        "container",
        new AzureOptions(
            endpoint,
            "account",
            Optional.empty(),
            Optional.empty(),
            Optional.of(new AzureOptions.Principal(endpoint, "tenant", "me", secret)),
            AzureOptions.Timeouts.USUAL));
  }

  @Test
  void oneTokenServesManyRequests() throws IOException {
    try (var server = new FakeAzure();
        var store = store(server, "a+b")) {
      assertThat(store.size("a")).hasValue(5);
      assertThat(store.size("b")).hasValue(5);
      assertThat(server.asked).hasValue(1);
    }
  }

  @Test
  void aWrongSecretIsSaidToBeWrong() throws IOException {
    try (var server = new FakeAzure();
        var store = store(server, "wrong")) {
      assertThatThrownBy(() -> store.size("a"))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("client_secret")
          .hasMessageNotContaining("wrong");
    }
  }
}
