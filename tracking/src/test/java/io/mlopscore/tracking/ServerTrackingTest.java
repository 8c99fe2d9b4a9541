package io.mlopscore.tracking;

import static io.mlopscore.tracking.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.http.HostCheck;
import io.mlopscore.tracking.http.TrackingRoutes;
import io.mlopscore.tracking.traces.TraceStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tracking through our client and our server: the calls must carry everything across.
@NullUnmarked
class ServerTrackingTest
    implements TrackingStoreContract, ModelRegistryContract, TraceStoreContract, ArtifactsContract {
  @TempDir Path folder;
  private Tracking served;
  private WebServer server;
  private Tracking tracking;

  @BeforeEach
  void open() {
    served = Tracking.open(Tracking.DEFAULT_URI, folder);
    var routing =
        HttpRouting.builder().addFilter(new HostCheck()).register(new TrackingRoutes(served));
    server = FreePort.serve(routing);
    tracking = Tracking.open("http://127.0.0.1:" + server.port(), folder);
  }

  @AfterEach
  void close() {
    tracking.close();
    server.stop();
    served.close();
  }

  @Test
  void callerCannotRegisterAFileOfTheServer() {
    registry().createRegisteredModel("Files", Map.of(), "");
    assertRefused(
        () -> registry().createVersion("Files", "file:///etc", null, null, Map.of()),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid model version source");
  }

  @Test
  void listingOfARunOutsideTheProxyStaysInIt() throws Exception {
    var id = runKeptIn(folder.resolve("mlruns/1/run/artifacts"));
    Files.writeString(folder.resolve("secret.txt"), "secret");
    var answer = get("/api/2.0/mlflow/artifacts/list?run_id=" + id + "&path=../../../..");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Invalid path").doesNotContain("secret.txt");
  }

  /// A run as mlflow logs it without a server: its artifacts are a plain path.
  private String runKeptIn(Path artifacts) throws Exception {
    var run = served.store().createRun(new NewRun("0", "plain", "ada", 1_000, Map.of()));
    var id = run.info().runId();
    try (var database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mlflow.db"));
        var change = database.prepareStatement("UPDATE runs SET artifact_uri = ?")) {
      change.setString(1, artifacts.toString());
      change.executeUpdate();
    }
    return id;
  }

  @Test
  void nameThatBeginsLikeAPrivateAddressIsNoLocalHost() throws Exception {
    assertThat(statusOf("10.example.com")).isEqualTo("403");
    assertThat(statusOf("192.168.example.com:5000")).isEqualTo("403");
    assertThat(statusOf("10.1.2.3:5000")).isEqualTo("404");
    assertThat(statusOf("192.168.0.7")).isEqualTo("404");
  }

  /// Asks for an experiment that is not there, so that 404 says that the host was accepted.
  private String statusOf(String host) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      var request =
          "GET /api/2.0/mlflow/experiments/get?experiment_id=9 HTTP/1.1\r\nHost: "
              + host
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(10_000);
      var answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return String.valueOf(answer.readLine()).split(" ", 3)[1];
    }
  }

  @Test
  void malformedSearchesAreTheCallersMistake() throws Exception {
    var search = "{\"experiment_ids\": [\"0\"], ";
    assertThat(post("runs/search", search + "\"run_view_type\": \"SOME\"}")).isEqualTo(400);
    assertThat(post("runs/search", search + "\"filter\": \"metrics.m >\"}")).isEqualTo(400);
    assertThat(post("runs/search", search + "\"order_by\": [\"nothing\"]}")).isEqualTo(400);
    assertThat(post("runs/search", search + "\"page_token\": \"!\"}")).isEqualTo(400);
    assertThat(post("runs/search", search + "\"max_results\": 0}")).isEqualTo(400);
  }

  @Test
  void bulkHistoryHasNanWithoutQuotesAsInMlflow() throws Exception {
    var run = served.store().createRun(new NewRun("0", "bulk", "ada", 1_000, Map.of()));
    var id = run.info().runId();
    var nan = new Metric("loss", Double.NaN, 1, 0);
    served.store().log(id, new RunBatch(List.of(nan), Map.of(), Map.of()));
    var call = "/ajax-api/2.0/mlflow/metrics/get-history-bulk?metric_key=loss&run_id=" + id;
    assertThat(get(call).body()).contains("\"value\" : NaN");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)));
  }

  private int post(String call, String body) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + server.port() + "/api/2.0/mlflow/" + call);
    return send(HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)))
        .statusCode();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  @Override
  public TrackingStore store() {
    return tracking.store();
  }

  @Override
  public ModelRegistry registry() {
    return tracking.registry();
  }

  @Override
  public TraceStore traces() {
    return tracking.traces();
  }

  @Override
  public Artifacts artifacts() {
    return tracking.artifacts();
  }
}
