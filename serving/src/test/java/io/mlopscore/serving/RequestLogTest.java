package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.observability.TraceName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/// What is written about requests, and what is not.
class RequestLogTest {
  @Test
  void eachRequestIsOneLineWithoutItsPayload() {
    var api = Api.start();
    api.post("/predict", Api.OK, "X-API-Key", Api.KEY, "X-Request-ID", "r-1");
    api.post("/predict?token=secret", "{\"petal_length\":19.754321}", "X-API-Key", "wrong-secret");
    api.close();

    var lines = api.log().lines().filter(line -> line.contains("\"request\"")).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .contains("\"severity\":\"INFO\"", "\"request_id\":\"r-1\"", "\"route\":\"/predict\"")
        .contains("\"httpRequest\":{\"requestMethod\":\"POST\",\"requestUrl\":\"/predict\"")
        .contains("\"status\":200", "\"key_id\":\"", "\"model_version\":\"1\"")
        .containsPattern("^\\{\"time\":\"20[^\"]+Z\"")
        .containsPattern("\"latency\":\"\\d+\\.\\d{6}s\"}")
        .doesNotContain(TraceName.FIELD);
    assertThat(lines.getLast())
        .contains("\"status\":403", "\"error\":\"invalid_api_key\"")
        .doesNotContain("key_id");
    assertThat(api.log())
        .doesNotContain("secret")
        .doesNotContain("19.754321")
        .doesNotContain(Api.KEY);
  }

  @Test
  void lineNamesTheTraceOfItsRequestAsCloudLoggingWantsIt() {
    var api = Api.start("GOOGLE_CLOUD_PROJECT", "shop");
    var trace = "0af7651916cd43dd8448eb211c80319c";
    api.get("/", "traceparent", "00-" + trace + "-b7ad6b7169203331-01");
    api.get("/health", "traceparent", "00-" + "0".repeat(32) + "-b7ad6b7169203331-01");
    api.get("/metrics", "traceparent", "\",\"severity\":\"" + "x".repeat(60));
    api.close();

    assertThat(api.log())
        .containsOnlyOnce(TraceName.FIELD)
        .contains("\"" + TraceName.FIELD + "\":\"projects/shop/traces/" + trace + "\"}");
  }

  @Test
  void failureHasItsStackTraceAsErrorReportingWantsIt() {
    var lines = new ByteArrayOutputStream();
    var log = new ServingLog(lines, ServingLog.Level.INFO, Clock.systemUTC(), new TraceName(""));
    log.failure("request_failed", "r-1", new IllegalStateException("no luck"));
    log.close();

    assertThat(lines.toString(StandardCharsets.UTF_8))
        .contains("\"severity\":\"ERROR\"")
        .contains("\"stack_trace\":\"java.lang.IllegalStateException: no luck\\n\\tat io.mlops");
  }

  @Test
  void atWarningOnlyFailuresAreLogged() {
    var api = Api.start("LOG_LEVEL", "warning");
    api.get("/");
    api.get("/nope");
    api.close();

    assertThat(api.log().lines().filter(line -> line.contains("\"event\":\"request\"")))
        .hasSize(1)
        .allMatch(line -> line.contains("\"status\":404"));
  }

  @Test
  void linesThatCannotBeWrittenAreCountedAndTheStopStillWorks() {
    var closed = new BrokenPipe();
    var log = new ServingLog(closed, ServingLog.Level.INFO, Clock.systemUTC(), new TraceName(""));
    log.event(ServingLog.Level.INFO, "one", _ -> {});
    log.event(ServingLog.Level.INFO, "two", _ -> {});
    log.close();

    assertThat(log.dropped()).isEqualTo(2);
  }

  /// A pipe whose reader is gone.
  private static final class BrokenPipe extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("broken pipe");
    }
  }
}
