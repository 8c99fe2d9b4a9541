package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.events.ChangeLog;
import io.mlopscore.tracking.events.WatchedStore;
import io.mlopscore.tracking.http.Closing;
import io.mlopscore.tracking.http.EventRoutes;
import io.mlopscore.tracking.http.TrackingRoutes;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Callers who keep the server waiting for more than a second are cut, those who are only slow are
/// not.
@NullUnmarked
@Timeout(60)
@SuppressWarnings("StringConcatToTextBlock") // HTTP lines end in CR LF, those of text blocks do not
class SlowCallersTest {
  private static final String POST =
      "POST /api/2.0/mlflow/runs/log-batch HTTP/1.1\r\nHost: localhost\r\n"
          + "Content-Type: application/json\r\n";
  private static final String FILE = "/api/2.0/mlflow-artifacts/artifacts/a.bin";
  private static final String GET = "GET " + FILE + " HTTP/1.1\r\nHost: localhost\r\n";
  private static final String PUT = "PUT " + FILE + " HTTP/1.1\r\nHost: localhost\r\n";

  @TempDir Path folder;
  private final ChangeLog changes = new ChangeLog("log", 100, 1 << 20, Duration.ofMinutes(1));
  private Tracking tracking;
  private WebServer server;

  @BeforeEach
  void serve() {
    tracking = Tracking.open(Tracking.DEFAULT_URI, folder);
    var routing =
        HttpRouting.builder()
            .addFilter(new Closing())
            .register(new EventRoutes(changes, tracking, null), new TrackingRoutes(tracking));
    server = FreePort.serve(routing, Duration.ofSeconds(1));
  }

  @AfterEach
  void stop() {
    changes.close();
    server.stop();
    tracking.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /health HTTP/1.1\r\nHost: localhost\r\n",
        POST + "Content-Length: 99\r\n\r\n{",
        POST + "Transfer-Encoding: chunked\r\n\r\n99\r\n{",
        PUT + "Content-Length: 99\r\n\r\nbytes",
        PUT + "Transfer-Encoding: chunked\r\n\r\n"
      })
  void halfARequestIsTimedOut(String bytes) throws Exception {
    assertThat(talk(bytes)).startsWith("HTTP/1.1 408 ").endsWith("did not arrive in time.");
    assertNothingIsKept();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "P", "PRI * HTTP/2.0\r\n", "GET /heal"})
  void whoSaysNothingMoreIsNotKept(String bytes) throws IOException {
    assertThat(talk(bytes)).doesNotContain("200 OK", "408");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /health HTTP/1.0\r\n\r\n", POST + "\r\n"})
  void anOlderVersionIsToldWhatIsSpoken(String bytes) throws IOException {
    assertThat(talk(bytes.replace("1.1", "1.0")))
        .startsWith("HTTP/1.1 505 ")
        .contains("proxy_http_version 1.1");
  }

  @Test
  void aByteNowAndThenIsNotEnough() throws Exception {
    try (var socket = open(PUT + "Content-Length: 99\r\n\r\n")) {
      var started = System.nanoTime();
      var reader = Thread.ofVirtual().start(() -> read(socket));
      while (reader.isAlive()) {
        send(socket, "x");
        reader.join(Duration.ofMillis(300));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
    }
    assertNothingIsKept();
  }

  @Test
  void aFileThatComesSlowlyIsTakenWhole() throws Exception {
    var answer = "";
    try (var socket = open(PUT + "Connection: close\r\nContent-Length: 12000\r\n\r\n")) {
      for (var sent = 0; sent < 12; sent++) {
        Thread.sleep(200);
        send(socket, "x".repeat(1000));
      }
      answer = read(socket);
    }
    assertThat(answer).startsWith("HTTP/1.1 200 ");
    assertThat(kept()).hasSize(1).first().matches(file -> file.toFile().length() == 12_000);
  }

  @Test
  void anAnswerThatIsTakenSlowlyComesWhole() throws Exception {
    var length = 8 << 20;
    keep(new byte[length]);
    try (var socket = open(GET + "Connection: close\r\n\r\n")) {
      var taken = 0L;
      for (var bytes = take(socket); bytes > 0; bytes = take(socket)) {
        taken += bytes;
        Thread.sleep(200);
      }
      assertThat(taken).isGreaterThan(length);
    }
  }

  private static int take(Socket socket) throws IOException {
    return socket.getInputStream().readNBytes(1 << 20).length;
  }

  @Test
  void anAnswerThatNobodyTakesIsNotKept() throws Exception {
    var length = 64 << 20;
    keep(new byte[length]);
    try (var socket = open(GET + "\r\n")) {
      Thread.sleep(2_000);
      assertThat(read(socket)).hasSizeLessThan(length);
    }
  }

  private void keep(byte[] bytes) throws IOException {
    Files.write(Files.createDirectories(folder.resolve("mlartifacts")).resolve("a.bin"), bytes);
  }

  @Test
  void aListenerWhoHasNothingToSayStays() throws Exception {
    try (var socket = open("GET " + EventRoutes.PATH + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
      Thread.sleep(2_000);
      new WatchedStore(tracking.store(), changes)
          .createRun(new NewRun("0", "heard", "ada", 1, Map.of()));
      var lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(lines.lines().filter(line -> line.startsWith("data:")).findFirst()).isPresent();
    }
  }

  /// Otherwise a line without end would be kept in memory.
  @Test
  void theLengthOfAChunkHasAnEnd() throws IOException {
    try (var socket = open(PUT + "Transfer-Encoding: chunked\r\n\r\n")) {
      var sent = 0;
      try {
        for (; sent < 100; sent++) {
          send(socket, "0".repeat(1 << 20));
        }
      } catch (IOException _) {
        // closed at the other end
      }
      assertThat(sent).isLessThan(40);
    }
  }

  /// What had come is deleted by the thread that read it, after the answer.
  private void assertNothingIsKept() throws Exception {
    for (var tries = 0; tries < 100 && !kept().isEmpty(); tries++) {
      Thread.sleep(50);
    }
    assertThat(kept()).isEmpty();
  }

  private List<Path> kept() throws IOException {
    var files = folder.resolve("mlartifacts");
    if (!Files.exists(files)) {
      return List.of();
    }
    try (var all = Files.walk(files)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private String talk(String bytes) throws IOException {
    try (var socket = open(bytes)) {
      return read(socket);
    }
  }

  private Socket open(String bytes) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(64 << 10);
    socket.setSoTimeout(10_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    send(socket, bytes);
    return socket;
  }

  /// All that comes until the server ends it, be it in the middle.
  private static String read(Socket socket) {
    var all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (IOException _) {
      // a reset
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  private static void send(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }
}
