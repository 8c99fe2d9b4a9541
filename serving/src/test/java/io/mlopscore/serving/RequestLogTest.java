package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/// What is written about requests, and what is not.
class RequestLogTest {
  @Test
  void eachRequestIsOneLineWithoutItsPayload() {
    var api = Api.start();
    api.post("/predict", Api.OK, "X-API-Key", Api.KEY, "X-Request-ID", "r-1");
    api.post("/predict?token=secret", "{\"petal_length\":19.75}", "X-API-Key", "wrong-secret");
    api.close();

    var lines = api.log().lines().filter(line -> line.contains("\"request\"")).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .contains("\"request_id\":\"r-1\"", "\"method\":\"POST\"", "\"route\":\"/predict\"")
        .contains("\"status\":200", "\"ms\":", "\"key_id\":\"", "\"model_version\":\"1\"");
    assertThat(lines.getLast())
        .contains("\"status\":403", "\"error\":\"invalid_api_key\"")
        .doesNotContain("key_id");
    assertThat(api.log()).doesNotContain("secret").doesNotContain("19.75").doesNotContain(Api.KEY);
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
    var log = new ServingLog(closed, ServingLog.Level.INFO, Clock.systemUTC());
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
