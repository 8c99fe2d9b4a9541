package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthCommandTest {
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/well", exchange -> exchange.sendResponseHeaders(200, -1));
    server.createContext("/ill", exchange -> exchange.sendResponseHeaders(503, -1));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int health(String path) {
    return Main.run(
        new String[] {"health", "http://127.0.0.1:" + server.getAddress().getPort() + path});
  }

  @Test
  void onlyAGoodAnswerIsHealthy() {
    assertThat(health("/well")).isZero();
    assertThat(health("/ill")).isEqualTo(1);
  }

  @Test
  void nobodyThereIsAFailureWithoutATrace() {
    server.stop(0);
    assertThat(health("/well")).isEqualTo(1);
    assertThat(Main.run(new String[] {"health", "nonsense"})).isEqualTo(2);
  }
}
