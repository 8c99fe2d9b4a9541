package io.mlopscore.tracking;

import static io.mlopscore.tracking.RawServer.CALLS;
import static io.mlopscore.tracking.RawServer.LOCAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.RawServer.Answer;
import io.mlopscore.tracking.http.HostCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The HTTP form of MLflow's server, asked with bytes: methods, addresses, fields and errors.
@NullUnmarked
class FrameTest {
  @TempDir Path folder;
  private RawServer server;

  @BeforeEach
  void open() {
    server = new RawServer(folder, new HostCheck());
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Answer get(String path) throws IOException {
    return server.ask("GET", path, "", LOCAL);
  }

  private Answer post(String call, String body) throws IOException {
    return server.ask("POST", CALLS + call, body, LOCAL, "Content-Type: application/json");
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
    assertThat(server.ask("POST", "/health", "", LOCAL).status()).isEqualTo(405);
    assertThat(server.ask("PUT", "/api/2.0/mlflow-artifacts/artifacts", "", LOCAL).status())
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
    var run =
        server
            .tracking()
            .store()
            .createRun(new NewRun("0", "r", "ada", 1, Map.of()))
            .info()
            .runId();
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
        server.ask("POST", "/api/3.0/mlflow/traces", body, LOCAL, "Content-Type: application/json");
    assertThat(started.body()).contains("\"myTag\" : \"x\"", "\"experiment_id\" : \"0\"");
  }

  @Test
  void headIsAGetWithoutItsBody() throws Exception {
    for (var path : List.of("/health", "/version", CALLS + "experiments/get?experiment_id=0")) {
      var answer = server.ask("HEAD", path, "", LOCAL);
      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void bodyMustBeSaidToBeJsonInAPostOnly() throws Exception {
    var missing = "Missing value for required parameter 'name'. See the API docs";
    var path = CALLS + "experiments/create";
    assertThat(server.ask("POST", path, "{}", LOCAL).body())
        .contains("Content-Type must be one of");
    assertThat(server.ask("POST", path, "{}", LOCAL, "Content-Type: application/jsonx").body())
        .contains("Content-Type must be one of");
    assertThat(
            server
                .ask("POST", path, "{", LOCAL, "Content-Type: application/json; charset=utf-8")
                .body())
        .contains(missing);
    assertThat(
            server
                .ask("DELETE", CALLS + "registered-models/delete", "{\"name\":\"x\"}", LOCAL)
                .status())
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
      assertThat(server.status(head + "Content-Length: 50\r\n\r\n{}")).as(call).isEqualTo(400);
      for (var chunks : List.of("zz\r\n{}", "ffffffffffffffffff\r\n{}", "2\r\n{}\r\n", "9\r\n{}")) {
        assertThat(server.status(head + "Transfer-Encoding: chunked\r\n\r\n" + chunks))
            .as(call + " " + chunks)
            .isEqualTo(400);
      }
    }
  }

  @Test
  void aFirstLineOfControlCharactersIsABadRequest() throws IOException {
    assertThat(server.status("\u0016\u0003\u0001GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .isEqualTo(400);
  }

  @Test
  void longQueriesAreRead() throws IOException {
    assertThat(get(CALLS + "runs/get?run_id=" + "a".repeat(40_000)).status()).isEqualTo(404);
  }

  @Test
  void messagesOfMultipartUploadsThatAreNoJsonAreBadRequests() throws IOException {
    for (var body : List.of("{", "\u001f", "[".repeat(2000))) {
      assertThat(server.ask("POST", "/api/2.0/mlflow-artifacts/mpu/create/a", body, LOCAL).status())
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
    assertThat(server.ask("PUT", files, "text", LOCAL).status()).isEqualTo(200);
    assertThat(server.ask("PUT", files + "/b", "text", LOCAL).status()).isEqualTo(400);
    assertThat(server.ask("PUT", files + "/b/c/d", "text", LOCAL).status()).isEqualTo(400);
  }
}
