package io.mlopscore.tracking.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.FreePort;
import io.mlopscore.tracking.TrackingException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A busy server is asked again, when it says so, and what a server says is told without its SQL.
@NullUnmarked
class RestClientTest {
  private final Queue<Integer> statuses = new ArrayDeque<>();
  private final List<Duration> pauses = new ArrayList<>();
  private String retryAfter = "3";
  private String message = "";
  private WebServer server;
  private RestClient client;

  @BeforeEach
  void start() {
    server = FreePort.serve(HttpRouting.builder().any(this::answer));
    client =
        new RestClient(
            "http://127.0.0.1:" + server.port(), Map.of(), RestClient.TIMEOUT, pauses::add);
  }

  private void answer(ServerRequest request, ServerResponse response) {
    var status = statuses.isEmpty() ? 200 : statuses.remove();
    response.status(Status.create(status));
    response.headers().set(HeaderNames.RETRY_AFTER, retryAfter);
    response.send("{\"answered\": " + status + ", \"message\": \"" + message + "\"}");
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop();
  }

  @Test
  void waitsAsLongAsABusyServerSays() {
    statuses.addAll(List.of(429, 503));
    assertThat(client.post("runs/search", Messages.empty()).path("answered").asInt())
        .isEqualTo(200);
    assertThat(pauses).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(3));
  }

  @Test
  void waitsNoLongerThanTenSeconds() {
    retryAfter = "86400";
    statuses.add(429);
    client.get("runs/get");
    assertThat(pauses).containsExactly(Duration.ofSeconds(10));
  }

  @Test
  void givesUpInTheEnd() {
    retryAfter = "";
    statuses.addAll(List.of(503, 503, 503, 503, 503, 503));
    assertThatThrownBy(() -> client.get("runs/get")).isInstanceOf(TrackingException.class);
    assertThat(statuses).hasSize(1);
  }

  @Test
  void sendsAWriteThatMayHaveBeenDoneOnlyOnce() {
    statuses.add(502);
    assertThatThrownBy(() -> client.post("runs/create", Messages.empty()))
        .isInstanceOf(TrackingException.class);
    assertThat(pauses).isEmpty();
  }

  @Test
  void sendsAReadAgainAfterABrokenProxy() {
    statuses.add(502);
    assertThat(client.get("runs/get").path("answered").asInt()).isEqualTo(200);
  }

  /// Messages of MLflow 3 on SQLite and PostgreSQL.
  @Test
  void sentencesOfAServerComeWithoutItsSql() {
    var sql =
        "\\n[SQL: INSERT INTO experiments\\nVALUES (?)]\\n[parameters: ('e',)]\\n(Background on";
    message = "Experiment(name=e) already exists. Error: (sqlite3.IntegrityError) UNIQUE" + sql;
    refused("Experiment(name=e) already exists.");
    message =
        "(raised as a result of Query-invoked autoflush; consider it)\\n"
            + "(psycopg2.errors.UndefinedTable) no such table: metrics\\n"
            + sql;
    refused("(psycopg2.errors.UndefinedTable) no such table: metrics");
    message = "Run with id=x not found. Error: it was never there";
    refused(message);
  }

  @Test
  void serverThatSaysNothingIsNamed() {
    refused("http://127.0.0.1:" + server.port() + " answered 400 to /api/2.0/mlflow/runs/get");
  }

  private void refused(String said) {
    statuses.add(400);
    assertThatThrownBy(() -> client.get("runs/get")).hasMessage(said);
  }
}
