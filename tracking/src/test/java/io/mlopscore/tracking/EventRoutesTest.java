package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.events.ChangeLog;
import io.mlopscore.tracking.events.WatchedRegistry;
import io.mlopscore.tracking.events.WatchedStore;
import io.mlopscore.tracking.http.EventRoutes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Server-sent events as a browser gets them.
@Timeout(60)
final class EventRoutesTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final ChangeLog changes = new ChangeLog("log", 100, 1 << 20, Duration.ofMinutes(1));
  @TempDir private Path folder;
  private Tracking tracking;
  private TrackingStore store;
  private ModelRegistry registry;
  private WebServer server;

  @BeforeEach
  void serve() {
    tracking = Tracking.open(Tracking.DEFAULT_URI, folder);
    store = new WatchedStore(tracking.store(), changes);
    registry = new WatchedRegistry(tracking.registry(), changes);
    server =
        FreePort.serve(HttpRouting.builder().register(new EventRoutes(changes, tracking, null)));
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    changes.close();
    server.stop();
    tracking.close();
  }

  /// A stream of events; reading waits for the next.
  private record Stream(BufferedReader lines) implements AutoCloseable {
    /// The type of the next event, its id and its data; passes over heartbeats.
    List<String> next() throws IOException {
      var id = "";
      var type = "";
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          return List.of(type, id, line.substring(6));
        }
      }
      return List.of();
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private Stream open(String query, String... headers) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + server.port() + EventRoutes.PATH + query);
    var request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    var response = client.send(request.build(), BodyHandlers.ofInputStream());
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    assertThat(lines.readLine()).isEqualTo("retry: 2000");
    return new Stream(lines);
  }

  private String run(String experiment) {
    return store.createRun(new NewRun(experiment, "one", "ada", 1_000, Map.of())).info().runId();
  }

  private void log(String run, double value) {
    var metric = new Metric("loss", value, 1_000, 1);
    store.log(run, new RunBatch(List.of(metric), Map.of(), Map.of()));
  }

  @Test
  void metricArrivesWithoutBeingAskedFor() throws Exception {
    var run = run("0");
    try (var stream = open("?run_id=" + run)) {
      log(run("0"), 0.25);
      log(run, 0.5);
      assertThat(stream.next())
          .containsExactly(
              "run.metrics",
              "log-4",
              "{\"run_id\":\""
                  + run
                  + "\",\"metrics\":[{\"key\":\"loss\",\"value\":0.5,"
                  + "\"timestamp\":1000,\"step\":1}]}");
    }
  }

  @Test
  void experimentHearsOfItsRunsOnly() throws Exception {
    var other = store.createExperiment("other", Map.of());
    var before = run(other);
    try (var stream = open("?experiment_id=" + other)) {
      log(run("0"), 0.25);
      log(before, 0.5);
      var after = run(other);
      assertThat(stream.next()).contains("run.metrics").last().asString().contains(before);
      assertThat(stream.next()).contains("run.created").last().asString().contains(after);
    }
  }

  @Test
  void registryHearsOfAliasesAndVersions() throws Exception {
    registry.createRegisteredModel("Iris", Map.of(), "");
    try (var stream = open("?registry=Iris")) {
      run("0");
      registry.createRegisteredModel("Other", Map.of(), "");
      registry.createVersion("Iris", "models:/x", null, null, Map.of());
      registry.setAlias("Iris", "champion", 1);
      assertThat(stream.next()).contains("model_version.created");
      assertThat(stream.next())
          .contains(
              "model_version_alias.created",
              "{\"name\":\"Iris\",\"version\":\"1\",\"alias\":\"champion\"}");
    }
  }

  @Test
  void clientThatComesBackGetsWhatItMissed() throws Exception {
    var run = run("0");
    log(run, 0.25);
    log(run, 0.5);
    try (var stream = open("?run_id=" + run, "Last-Event-ID", "log-2")) {
      assertThat(stream.next()).contains("run.metrics", "log-3").last().asString().contains("0.5");
    }
  }

  @Test
  void clientOfAnEarlierProcessIsToldThatItMissedSomething() throws Exception {
    for (var id : List.of("earlier-7", "log-99", "log-x", "nonsense")) {
      try (var stream = open("", "Last-Event-ID", id)) {
        assertThat(stream.next()).contains("missed");
      }
    }
  }

  @Test
  void streamsEndWhenTheServerStops() throws Exception {
    try (var stream = open("")) {
      changes.close();
      assertThat(stream.next()).isEmpty();
    }
  }
}
