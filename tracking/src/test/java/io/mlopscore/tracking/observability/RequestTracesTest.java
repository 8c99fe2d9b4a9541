package io.mlopscore.tracking.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Traces as a collector gets them.
@Timeout(60)
final class RequestTracesTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private record Received(String path, String body) {}

  @Test
  void requestAndItsTimesInTheDatabaseArriveInTheTraceOfTheCaller() throws Exception {
    BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    var collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          received.add(
              new Received(
                  exchange.getRequestURI().getPath(),
                  new String(
                      exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1)));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    var exchange = new Exchange("mine", "POST", "00-" + TRACE + "-00f067aa0ba902b7-01", 1_000);
    exchange.run(
        () -> {
          Exchange.name("runs/log-metric");
          Exchange.inDatabase("write", () -> "done");
        });
    exchange.ended(200);

    var endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
    try (var traces = RequestTraces.to(endpoint, "mlops-tracking", "sqlite")) {
      traces.answered(exchange);
    }
    var message = received.take();
    collector.stop(0);
    assertThat(message.path()).isEqualTo("/v1/traces");
    assertThat(message.body())
        .contains("POST runs/log-metric", "write", "sqlite", "mlops-tracking", "mine");
    var bytes = message.body().getBytes(StandardCharsets.ISO_8859_1);
    assertThat(HexFormat.of().formatHex(bytes)).contains(TRACE);
  }
}
