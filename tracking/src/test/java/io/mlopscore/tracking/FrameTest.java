package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.http.AllowedHosts;
import io.mlopscore.tracking.http.AllowedOrigins;
import io.mlopscore.tracking.http.Closing;
import io.mlopscore.tracking.http.HostCheck;
import io.mlopscore.tracking.http.TrackingRoutes;
import io.mlopscore.tracking.http.UnknownRoutes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The HTTP form of MLflow's server, asked with bytes: methods, addresses, errors, and who may ask.
@NullUnmarked
class FrameTest {
  private static final String CALLS = "/api/2.0/mlflow/";
  private static final String LOCAL = "Host: localhost:5000";

  @TempDir Path folder;
  private Tracking tracking;
  private WebServer server;

  @BeforeEach
  void open() {
    tracking = Tracking.open(Tracking.DEFAULT_URI, folder);
    serve(new HostCheck());
  }

  private void serve(HostCheck check) {
    var routing =
        HttpRouting.builder()
            .addFilter(new Closing())
            .addFilter(check)
            .register(new TrackingRoutes(tracking))
            .register(UnknownRoutes.ofMlflow());
    server = FreePort.serve(routing);
  }

  @AfterEach
  void close() {
    server.stop();
    tracking.close();
  }

  record Answer(int status, TreeMap<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  /// Sends a request and reads until the server closes, as `Connection: close` asks for.
  private Answer ask(String method, String path, String body, String... headers)
      throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      var request =
          method + " " + path + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", headers);
      var length = body.isEmpty() ? "" : "\r\nContent-Length: " + body.length();
      socket
          .getOutputStream()
          .write((request + length + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
      return answer(
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
    }
  }

  private static Answer answer(BufferedReader lines) throws IOException {
    var status = Integer.parseInt(lines.readLine().split(" ", 3)[1]);
    var headers = new TreeMap<String, String>();
    for (var line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new Answer(status, headers, String.join("\n", lines.lines().toList()));
  }

  private Answer get(String path) throws IOException {
    return ask("GET", path, "", LOCAL);
  }

  private Answer post(String call, String body) throws IOException {
    return ask("POST", CALLS + call, body, LOCAL, "Content-Type: application/json");
  }

  @Test
  void errorHasMlflowsFourFields() throws Exception {
    assertThat(get(CALLS + "experiments/get?experiment_id=99").body())
        .contains("\"error_code\":\"RESOURCE_DOES_NOT_EXIST\"")
        .contains("\"message\":\"No Experiment with id=99 exists\"")
        .contains("\"sqlstate\":\"KAM00\"")
        .contains("\"error_class\":\"RESOURCE_NOT_FOUND\"");
  }

  @Test
  void unknownAddressIsAPageThatSaysNotFound() throws Exception {
    for (var path : List.of("/nothing", CALLS + "nothing", "/api/1.0/x", CALLS + "runs/list")) {
      var answer = get(path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.header("Content-Type")).startsWith("text/html");
    }
  }

  @Test
  void wrongMethodIsRefusedWithTheRightOnes() throws Exception {
    var answer = get(CALLS + "runs/create");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("POST, OPTIONS");
    assertThat(ask("POST", "/health", "", LOCAL).status()).isEqualTo(405);
    assertThat(ask("PUT", "/api/2.0/mlflow-artifacts/artifacts", "", LOCAL).status())
        .isEqualTo(405);
  }

  @Test
  void callThatIsNotServedSaysSo() throws Exception {
    for (var path :
        List.of("/graphql", "/api/3.0/mlflow/scorers/list", "/gateway/mlflow/v1/models")) {
      var answer = get(path);
      assertThat(answer.status()).as(path).isEqualTo(501);
      assertThat(answer.body()).contains("NOT_IMPLEMENTED", path + " is not served");
    }
  }

  @Test
  void fieldsMayBeNamedAsProtocolBuffersPrintThem() throws Exception {
    post("runs/create", "{\"experimentId\": \"0\", \"runName\": \"camel\", \"startTime\": 5}");
    var found = post("runs/search", "{\"experimentIds\": [\"0\"], \"maxResults\": 1}");
    assertThat(found.body()).contains("\"run_name\" : \"camel\"", "\"start_time\" : 5");
  }

  @Test
  void fieldsOfMessagesInOthersMayBeNamedSoToo() throws Exception {
    var run = tracking.store().createRun(new NewRun("0", "r", "ada", 1, Map.of())).info().runId();
    var dataset =
        "{\"tags\": [{\"key\": \"mlflow.data.context\", \"value\": \"camelCase\"}], \"dataset\":"
            + " {\"name\": \"iris\", \"digest\": \"1\", \"sourceType\": \"local\", \"source\": \"s\"}}";
    var logged =
        post("runs/log-inputs", "{\"runId\": \"" + run + "\", \"datasets\": [" + dataset + "]}");
    assertThat(logged.status()).isEqualTo(200);
    assertThat(get(CALLS + "runs/get?run_id=" + run).body())
        .contains("\"source_type\" : \"local\"", "\"camelCase\"");
  }

  @Test
  void fieldThatIsNamedInBothWaysIsRefused() throws Exception {
    var answer = post("runs/log-batch", "{\"run_id\": \"a\", \"runId\": \"b\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("Request specifies both 'run_id' and 'runId'");
  }

  @Test
  void namesInMapsAreTheUsersOwn() throws Exception {
    var info =
        "{\"traceId\": \"tr-1\", \"requestTime\": \"2026-01-01T00:00:00Z\", \"state\": \"OK\", \"tags\":"
            + " {\"myTag\": \"x\"}, \"traceLocation\": {\"type\": \"MLFLOW_EXPERIMENT\","
            + " \"mlflowExperiment\": {\"experimentId\": \"0\"}}}";
    var body = "{\"trace\": {\"traceInfo\": " + info + "}}";
    var started =
        ask("POST", "/api/3.0/mlflow/traces", body, LOCAL, "Content-Type: application/json");
    assertThat(started.body()).contains("\"myTag\" : \"x\"", "\"experiment_id\" : \"0\"");
  }

  @Test
  void headIsAGetWithoutItsBody() throws Exception {
    for (var path : List.of("/health", "/version", CALLS + "experiments/get?experiment_id=0")) {
      var answer = ask("HEAD", path, "", LOCAL);
      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void bodyMustBeSaidToBeJsonInAPostOnly() throws Exception {
    var missing = "Missing value for required parameter 'name'. See the API docs";
    var path = CALLS + "experiments/create";
    assertThat(ask("POST", path, "{}", LOCAL).body()).contains("Content-Type must be one of");
    assertThat(ask("POST", path, "{}", LOCAL, "Content-Type: application/jsonx").body())
        .contains("Content-Type must be one of");
    assertThat(
            ask("POST", path, "{", LOCAL, "Content-Type: application/json; charset=utf-8").body())
        .contains(missing);
    assertThat(
            ask("DELETE", CALLS + "registered-models/delete", "{\"name\":\"x\"}", LOCAL).status())
        .isEqualTo(404);
  }

  @Test
  void bodyThatIsNoObjectCountsAsEmpty() throws Exception {
    for (var body : List.of("[]", "3", "\"x\"", "null", "{\"name\":null}", "{\"name\":\"\"}")) {
      var answer = post("experiments/create", body);
      assertThat(answer.status()).as(body).isEqualTo(400);
      assertThat(answer.body()).contains("Missing value for required parameter 'name'.");
    }
  }

  @Test
  void objectInATextIsReadAsOldClientsSendIt() throws Exception {
    assertThat(post("experiments/create", "\"{\\\"name\\\":\\\"old\\\"}\"").status())
        .isEqualTo(200);
  }

  @Test
  void typesOfJsonAreStrictAndNamedAsMlflowNamesThem() throws Exception {
    assertThat(post("experiments/create", "{\"name\":123}").body())
        .contains(
            "Invalid value 123 for parameter 'name' supplied:  Hint: Value was of type 'int'.");
    assertThat(post("experiments/create", "{\"name\":\"x\",\"tags\":\"y\"}").body())
        .contains("Value was of type 'str'.");
    assertThat(post("runs/search", "{\"experiment_ids\":\"0\"}").status()).isEqualTo(400);
  }

  @Test
  void wholeNumbersMayBeTextsAndOtherFieldsAreIgnored() throws Exception {
    var search = "{\"experiment_ids\":[\"0\"],\"max_results\":";
    assertThat(post("runs/search", search + "\"5\",\"other\":[1]}").status()).isEqualTo(200);
    assertThat(post("runs/search", search + "5.0}").status()).isEqualTo(200);
    assertThat(post("runs/search", search + "\"abc\"}").status()).isEqualTo(400);
  }

  @Test
  void valueOfAMetricMayBeATextButNoWord() throws Exception {
    var point = "{\"run_id\":\"x\",\"key\":\"k\",\"timestamp\":1,\"value\":";
    assertThat(post("runs/log-metric", point + "\"1.5e3\"}").status()).isEqualTo(404);
    assertThat(post("runs/log-metric", point + "NaN}").status()).isEqualTo(404);
    assertThat(post("runs/log-metric", point + "\"word\"}").status()).isEqualTo(400);
    assertThat(post("runs/log-metric", point + "true}").status()).isEqualTo(400);
  }

  @Test
  void firstOfSeveralValuesInAQueryCounts() throws Exception {
    var answer = get(CALLS + "experiments/get?experiment_id=0&experiment_id=1");
    assertThat(answer.body()).contains("\"Default\"");
  }

  @Test
  void serverTellsAboutItself() throws Exception {
    for (var api : List.of("/api", "/ajax-api")) {
      assertThat(get(api + "/3.0/mlflow/server-info").body())
          .contains("\"store_type\" : \"SqlStore\"", "\"workspaces_enabled\" : false");
    }
  }

  @Test
  void hostMustBeAllowedButForProbes() throws Exception {
    var evil = "Host: evil.example";
    var answer = ask("GET", CALLS + "experiments/get", "", evil);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Content-Type")).startsWith("text/plain");
    assertThat(ask("GET", "/health", "", evil).status()).isEqualTo(200);
    assertThat(ask("GET", "/health/live", "", evil).status()).isEqualTo(200);
    assertThat(ask("GET", "/version", "", evil).status()).isEqualTo(200);
  }

  @Test
  void otherHostsAndOriginsCanBeAllowedInstead() throws Exception {
    server.stop();
    serve(
        new HostCheck(
            AllowedHosts.of(List.of("*.example")),
            AllowedOrigins.of(List.of("https://app.example")),
            "DENY",
            ""));
    var path = CALLS + "runs/search";
    var json = "Content-Type: application/json";
    assertThat(ask("GET", path, "", LOCAL).status()).isEqualTo(403);
    var answer = ask("POST", path, "{}", "Host: a.example", json, "Origin: https://app.example");
    assertThat(answer.status()).isNotEqualTo(403);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(
            ask("POST", path, "{}", "Host: a.example", json, "Origin: https://b.example").status())
        .isEqualTo(403);
    assertThat(
            ask("POST", path, "{}", "Host: a.example", json, "Origin: https://a.example").status())
        .isEqualTo(200);
  }

  @Test
  void whereEveryHostIsAllowedNoPageIsTakenForTheServersOwn() throws Exception {
    server.stop();
    serve(new HostCheck(AllowedHosts.of(List.of("*")), AllowedOrigins.local(), "DENY", ""));
    var own =
        ask("POST", CALLS + "runs/search", "{}", "Host: a.example", "Origin: http://a.example");
    assertThat(own.status()).isEqualTo(403);
  }

  @Test
  void pageOfAnotherOriginMayReadNothingAndChangeNothing() throws Exception {
    var evil = "Origin: http://evil.example";
    assertThat(ask("POST", CALLS + "runs/search", "{}", LOCAL, evil).status()).isEqualTo(403);
    var read = ask("GET", "/version", "", LOCAL, evil);
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(
            ask("GET", "/version", "", LOCAL, "Origin: http://localhost:3000")
                .header("Access-Control-Allow-Origin"))
        .isEqualTo("http://localhost:3000");
  }

  @Test
  void browsersAskBeforeTheySend() throws Exception {
    var path = CALLS + "runs/search";
    var method = "Access-Control-Request-Method: POST";
    var local = ask("OPTIONS", path, "", LOCAL, method, "Origin: http://localhost:3000");
    assertThat(local.status()).isEqualTo(200);
    assertThat(local.header("Access-Control-Allow-Methods")).contains("POST");
    assertThat(ask("OPTIONS", path, "", LOCAL, method, "Origin: http://evil.example").status())
        .isEqualTo(400);
    var plain = ask("OPTIONS", path, "", LOCAL);
    assertThat(plain.status()).isEqualTo(204);
    assertThat(plain.header("Allow")).isEqualTo("POST, OPTIONS");
  }

  /// As it comes, after which the sender has no more to say.
  private int status(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return answer(
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)))
          .status();
    }
  }

  @Test
  void bodiesThatBreakOffAreBadRequests() throws IOException {
    for (var call :
        List.of(
            "POST " + CALLS + "runs/log-batch",
            "PUT /api/2.0/mlflow-artifacts/artifacts/a.txt",
            "POST /api/2.0/mlflow-artifacts/mpu/create/a.txt",
            "POST /v1/traces")) {
      var head =
          call
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "x-mlflow-experiment-id: 0\r\n";
      assertThat(status(head + "Content-Length: 50\r\n\r\n{}")).as(call).isEqualTo(400);
      for (var chunks : List.of("zz\r\n{}", "ffffffffffffffffff\r\n{}", "2\r\n{}\r\n", "9\r\n{}")) {
        assertThat(status(head + "Transfer-Encoding: chunked\r\n\r\n" + chunks))
            .as(call + " " + chunks)
            .isEqualTo(400);
      }
    }
  }

  @Test
  void aFirstLineOfControlCharactersIsABadRequest() throws IOException {
    assertThat(status("\u0016\u0003\u0001GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .isEqualTo(400);
  }

  @Test
  void longQueriesAreRead() throws IOException {
    assertThat(get(CALLS + "runs/get?run_id=" + "a".repeat(40_000)).status()).isEqualTo(404);
  }

  @Test
  void messagesOfMultipartUploadsThatAreNoJsonAreBadRequests() throws IOException {
    for (var body : List.of("{", "\u001f", "[".repeat(2000))) {
      assertThat(ask("POST", "/api/2.0/mlflow-artifacts/mpu/create/a", body, LOCAL).status())
          .isEqualTo(400);
    }
  }

  @Test
  void renamingADeletedExperimentIsTheCallersMistake() throws IOException {
    post("experiments/create", "{\"name\": \"gone\"}");
    post("experiments/delete", "{\"experiment_id\": \"1\"}");
    var answer = post("experiments/update", "{\"experiment_id\": \"1\", \"new_name\": \"b\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("Cannot rename a non-active experiment.");
  }

  @Test
  void aBodyOfVeryManyValuesIsNotRead() throws IOException {
    var body = "{\"metrics\": [" + "{},".repeat(300_000) + "{}]}";
    var answer = post("runs/log-batch", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("too large");
  }

  @Test
  void aFileDeepBelowAFileIsTheCallersMistake() throws IOException {
    var files = "/api/2.0/mlflow-artifacts/artifacts/a";
    assertThat(ask("PUT", files, "text", LOCAL).status()).isEqualTo(200);
    assertThat(ask("PUT", files + "/b", "text", LOCAL).status()).isEqualTo(400);
    assertThat(ask("PUT", files + "/b/c/d", "text", LOCAL).status()).isEqualTo(400);
  }
}
