package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.http.MetricsRoutes;
import io.mlopscore.tracking.http.Observed;
import io.mlopscore.tracking.http.TrackingRoutes;
import io.mlopscore.tracking.observability.Exchange;
import io.mlopscore.tracking.observability.LogLines;
import io.mlopscore.tracking.observability.RequestLog;
import io.mlopscore.tracking.observability.ServerMetrics;
import io.mlopscore.tracking.observability.SlowQueryLog;
import io.mlopscore.tracking.observability.TraceName;
import io.mlopscore.tracking.sql.Database;
import io.mlopscore.tracking.sql.DatabaseUri;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What can be seen of requests.
@NullUnmarked
final class ObservedTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final ByteArrayOutputStream slow = new ByteArrayOutputStream();
  private final ByteArrayOutputStream all = new ByteArrayOutputStream();
  private final BlockingQueue<Exchange> seen = new LinkedBlockingQueue<>();
  @TempDir private Path folder;
  private Database database;
  private WebServer server;
  private Exchange last;

  @BeforeEach
  void serve() {
    database =
        Database.open(
            DatabaseUri.read(Tracking.DEFAULT_URI, folder, Map.of()), Tracking.ARTIFACT_ROOT);
    var metrics = new ServerMetrics();
    metrics.watch(database::numbers);
    metrics.watchProcess();
    var observed =
        new Observed(
            List.of(
                metrics,
                new RequestLog(
                    new LogLines(slow), "mlflow.db", Duration.ZERO, false, new TraceName("shop")),
                new RequestLog(
                    new LogLines(all), "mlflow.db", Duration.ofHours(1), true, new TraceName("")),
                seen::add),
            Clock.systemUTC());
    var tracking =
        Tracking.of(database, folder.resolve("files").toString(), Tracking.ARTIFACT_ROOT);
    server =
        FreePort.serve(
            HttpRouting.builder()
                .addFilter(observed)
                .register("/", new MetricsRoutes(metrics, true), new TrackingRoutes(tracking)));
  }

  @Test
  void slowStatementIsLoggedWithItsRequestAndWithoutValues() throws Exception {
    var lines = new ByteArrayOutputStream();
    database.tellSlowQueries(
        Duration.ZERO, new SlowQueryLog(new LogLines(lines), "mlflow.db", Clock.systemUTC()));
    get("/api/2.0/mlflow/experiments/get-by-name?experiment_name=secret", "x-request-id", "r-1");
    var line =
        new ObjectMapper()
            .readTree(lines.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow());
    assertThat(line.path("event").asText()).isEqualTo("slow_query");
    assertThat(line.path("statement").asText()).contains("WHERE e.name = ?");
    assertThat(line.path("request_id").asText()).isEqualTo("r-1");
    assertThat(line.path("ms").isNumber()).isTrue();
    assertThat(lines.toString(StandardCharsets.UTF_8)).doesNotContain("secret");
  }

  @Test
  void logThatCannotBeWrittenStopsNoWrite() throws Exception {
    var full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    database.tellSlowQueries(
        Duration.ZERO, new SlowQueryLog(new LogLines(full), "mlflow.db", Clock.systemUTC()));
    var store = Tracking.of(database, folder.toString(), Tracking.ARTIFACT_ROOT).store();
    var run = store.createRun(new NewRun("0", "r", "ada", 1, Map.of())).info().runId();
    store.log(run, new RunBatch(List.of(), Map.of(), Map.of("k", "v")));
    assertThat(store.run(run).tags()).containsEntry("k", "v");
  }

  @AfterEach
  void stop() {
    server.stop();
    database.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    var request = to(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  /// Returns when the observers have been told too, which is after the answer is sent.
  private HttpResponse<String> send(HttpRequest request) throws Exception {
    var answer = client.send(request, BodyHandlers.ofString());
    last = seen.take();
    return answer;
  }

  private void createExperiment(String name) throws Exception {
    var request =
        to("/api/2.0/mlflow/experiments/create")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"name\": \"" + name + "\"}"))
            .build();
    send(request);
  }

  @Test
  void requestsAreCountedByCallNeverByPath() throws Exception {
    createExperiment("one");
    createExperiment("one");
    get("/api/2.0/mlflow/registered-models/get?name=secret-name");
    get("/api/2.0/mlflow/no-such-call/secret-name");
    get("/api/3.0/mlflow/datasets/secret-name");
    get("/nothing/secret-name");

    assertThat(get("/metrics").body())
        .contains(
            "http_requests_total{method=\"POST\",route=\"experiments/create\",status=\"200\"} 1.0",
            "http_requests_total{method=\"POST\",route=\"experiments/create\",status=\"400\"} 1.0",
            "route=\"registered-models/get\",status=\"404\"",
            "route=\"unserved\",status=\"501\"",
            "route=\"unknown\",status=\"404\"",
            "http_request_duration_seconds_count{method=\"POST\",route=\"experiments/create\"} 2",
            "http_request_database_seconds_total{route=\"experiments/create\"}",
            "http_requests_in_flight 1.0")
        .doesNotContain("secret-name");
  }

  @Test
  void databaseTellsItsCommitsAndItsSize() throws Exception {
    createExperiment("one");
    assertThat(get("/metrics").body())
        .contains("store_commit_seconds_count", "store_commit_writes_sum", "jvm_memory")
        .contains("process_memory_limit_bytes")
        .containsPattern("store_commit_writes_count [1-9]")
        .containsPattern("store_size_bytes [1-9]")
        .contains("store_writes_waiting 0.0");
  }

  @Test
  void nativeHistogramsAreForThoseWhoAskForProtocolBuffers() throws Exception {
    var accept =
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
            + "encoding=delimited";
    assertThat(get("/metrics", "Accept", accept).headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).contains("protobuf"));
    assertThat(get("/metrics").headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
  }

  @Test
  void slowRequestIsALineWithItsTimeInTheDatabase() throws Exception {
    var trace = "0af7651916cd43dd8448eb211c80319c";
    get(
        "/api/2.0/mlflow/experiments/get?experiment_id=0",
        "X-Request-ID",
        "mine",
        "traceparent",
        "00-" + trace + "-b7ad6b7169203331-01");
    var line = json(slow);
    assertThat(line.path("event").asText()).isEqualTo("slow_request");
    assertThat(line.path("route").asText()).isEqualTo("experiments/get");
    assertThat(line.path("request_id").asText()).isEqualTo("mine");
    assertThat(line.path("database").asText()).isEqualTo("mlflow.db");
    assertThat(line.path("database_calls").asInt()).isPositive();
    assertThat(line.path("database_ms").asDouble())
        .isPositive()
        .isLessThanOrEqualTo(seconds(line) * 1_000);
    assertThat(line.path("severity").asText()).isEqualTo("WARNING");
    assertThat(Instant.parse(line.path("time").asText())).isBefore(Instant.now());
    assertThat(line.at("/httpRequest/requestMethod").asText()).isEqualTo("GET");
    assertThat(line.at("/httpRequest/requestUrl").asText()).isEqualTo("experiments/get");
    assertThat(line.at("/httpRequest/status").asInt()).isEqualTo(200);
    assertThat(line.path(TraceName.FIELD).asText()).isEqualTo("projects/shop/traces/" + trace);
    assertThat(json(all).path(TraceName.FIELD).asText()).isEqualTo(trace);
    assertThat(json(all).path("event").asText()).isEqualTo("request");
  }

  /// As Cloud Logging has it: `0.001234s`.
  private static double seconds(JsonNode line) {
    var latency = line.at("/httpRequest/latency").asText();
    assertThat(latency).matches("\\d+\\.\\d{6}s");
    return Double.parseDouble(latency.substring(0, latency.length() - 1));
  }

  @Test
  void requestWithoutATraceHasNoneInTheLog() throws Exception {
    get("/version", "traceparent", "00-zz-b7ad6b7169203331-01");
    assertThat(json(all).has(TraceName.FIELD)).isFalse();
  }

  private static JsonNode json(ByteArrayOutputStream lines) throws Exception {
    return new ObjectMapper().readTree(lines.toString(StandardCharsets.UTF_8));
  }

  @Test
  void harmlessIdOfTheCallerIsKeptAnyOtherIsReplaced() throws Exception {
    assertThat(get("/version", "X-Request-ID", "a-1").headers().firstValue("X-Request-ID"))
        .hasValue("a-1");
    assertThat(get("/version", "X-Request-ID", "{\"a\"}").headers().firstValue("X-Request-ID"))
        .hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f]{16}"));
  }

  @Test
  void routesBelowTheRootAreToldByTheirPath() throws Exception {
    get("/metrics");
    assertThat(last.route()).isEqualTo("/metrics");
  }

  @Test
  void timesInTheDatabaseAreKeptForTraces() throws Exception {
    createExperiment("one");
    var exchange = last;
    assertThat(exchange.route()).isEqualTo("experiments/create");
    assertThat(exchange.spans()).extracting(Exchange.DatabaseSpan::kind).contains("write");
    assertThat(exchange.spans()).allMatch(span -> span.start() >= 0 && span.nanos() > 0);
  }
}
