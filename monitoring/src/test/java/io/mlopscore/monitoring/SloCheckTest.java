package io.mlopscore.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is asked, and what is made of Prometheus' answers. deploy/test/observability asks a real
/// one.
@NullUnmarked
final class SloCheckTest {
  private static final ServiceLevel LEVEL =
      new ServiceLevel(
          "shop",
          "job=\"shop\"",
          List.of(
              new Objective.Availability(new BigDecimal("99.5")),
              new Objective.Latency(new BigDecimal("99"), Duration.ofMillis(250))));

  private final List<String> asked = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private HttpServer prometheus;

  @BeforeEach
  void start() throws IOException {
    prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    prometheus.createContext("/prom/api/v1/query", this::answer);
    prometheus.start();
  }

  @AfterEach
  void stop() {
    prometheus.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var query = exchange.getRequestURI().getRawQuery().substring("query=".length());
    asked.add(URLDecoder.decode(query, StandardCharsets.UTF_8));
    var value = values.removeFirst();
    var result = value.isEmpty() ? "" : "{\"metric\":{},\"value\":[1,\"" + value + "\"]}";
    var data = "{\"resultType\":\"vector\",\"result\":[" + result + "]}";
    send(exchange, 200, "{\"status\":\"success\",\"data\":" + data + "}");
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private List<Check> check(RequestSeries series, String... answers) throws IOException {
    values.addAll(List.of(answers));
    return checkAt(series, "/prom/");
  }

  private List<Check> checkAt(RequestSeries series, String path) throws IOException {
    var uri = URI.create("http://127.0.0.1:" + prometheus.getAddress().getPort() + path);
    try (var client = new PrometheusClient(uri, "")) {
      return new SloCheck(LEVEL, series, "10m", 100).run(client);
    }
  }

  private static RequestSeries canary() {
    return RequestSeries.Exposed.of(LEVEL, "pod=~\"canary-.*\"");
  }

  @Test
  void promisesAreKept() throws IOException {
    assertThat(check(canary(), "250.4", "0.004", "0.01"))
        .noneMatch(Check::isFailed)
        .extracting(Check::name)
        .containsExactly("requests", "availability", "latency");
    assertThat(asked.getFirst())
        .isEqualTo("sum(increase(http_requests_total{job=\"shop\", pod=~\"canary-.*\"}[10m]))");
    assertThat(asked.get(1)).contains("status=~\"5..\"", "> 0)");
  }

  @Test
  void brokenPromiseIsNamed() throws IOException {
    var checks = check(canary(), "250", "0.006", "0.01");
    assertThat(checks)
        .filteredOn(Check::isFailed)
        .singleElement()
        .satisfies(
            check ->
                assertThat(check.detail())
                    .startsWith("0.006000 in the last 10m, at most 0.005; promised: 99.5 %"));
  }

  @Test
  void fewRequestsSayNothing() throws IOException {
    assertThat(check(canary(), "99")).singleElement().matches(Check::isFailed);
    assertThat(check(canary(), "")).singleElement().matches(Check::isFailed);
    assertThat(check(canary(), "100", "0", "NaN")).last().matches(Check::isFailed);
  }

  @Test
  void cloudRunIsAskedByGooglesNames() throws IOException {
    var series = new RequestSeries.CloudRun("revision_name=\"api-8\"");
    assertThat(check(series, "250", "0.001", "251"))
        .extracting(Check::isFailed)
        .containsExactly(false, false, true);
    var revision = "{monitored_resource=\"cloud_run_revision\", revision_name=\"api-8\"";
    assertThat(asked)
        .containsExactly(
            "sum(increase(run_googleapis_com:request_count" + revision + "}[10m]))",
            "(sum(rate(run_googleapis_com:request_count"
                + revision
                + ", response_code_class=\"5xx\"}[10m])) or vector(0)) /"
                + " (sum(rate(run_googleapis_com:request_count"
                + revision
                + "}[10m])) > 0)",
            "histogram_quantile(0.99, sum by (le) (rate(run_googleapis_com:request_latencies_bucket"
                + revision
                + "}[10m])))");
  }

  @Test
  void whatDoesNotAnswerAsPrometheusIsNamed() {
    prometheus.createContext("/closed", exchange -> send(exchange, 403, "no"));
    prometheus.createContext("/page", exchange -> send(exchange, 200, "<html>"));
    prometheus.createContext(
        "/refuses", exchange -> send(exchange, 400, "{\"status\":\"error\",\"error\":\"parse\"}"));
    assertThatThrownBy(() -> checkAt(canary(), "/closed")).hasMessageContaining("PROMETHEUS_TOKEN");
    assertThatThrownBy(() -> checkAt(canary(), "/page"))
        .hasMessageEndingWith("/page does not answer as Prometheus does");
    assertThatThrownBy(() -> checkAt(canary(), "/refuses")).hasMessageEndingWith("/refuses: parse");
    prometheus.stop(0);
    assertThatThrownBy(() -> checkAt(canary(), "/prom")).hasMessageContaining("does not answer");
  }
}
