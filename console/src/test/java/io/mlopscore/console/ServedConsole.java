package io.mlopscore.console;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.RunStatus;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.http.TrackingRoutes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/// A console on a free port over a new database, at noon of a fixed day.
final class ServedConsole implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Tracking tracking;
  private final WebServer server;

  ServedConsole(Path directory) {
    this(directory, "");
  }

  /// @param root what stands before every path
  ServedConsole(Path directory, String root) {
    tracking = Tracking.open(Tracking.DEFAULT_URI, directory);
    var clock = Clock.fixed(NOON, ZoneOffset.UTC);
    var routes = new ConsoleRoutes(new TrackingRoutes(tracking), null, clock, root);
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .addRouting(HttpRouting.builder().register(root.isEmpty() ? "/" : root, routes))
            .build()
            .start();
  }

  Tracking tracking() {
    return tracking;
  }

  /// A run that started an hour before noon and took 90 seconds.
  String run(
      String experimentId, String name, Map<String, String> params, Map<String, Double> metrics) {
    var start = NOON.minusSeconds(3600).toEpochMilli();
    var store = tracking.store();
    var run = store.createRun(new NewRun(experimentId, name, "ann", start, Map.of()));
    var id = run.info().runId();
    store.log(id, new RunBatch(points(metrics, start), params, Map.of()));
    store.endRun(id, RunStatus.FINISHED, start + 90_000);
    return id;
  }

  private static List<Metric> points(Map<String, Double> metrics, long time) {
    return metrics.entrySet().stream()
        .sorted(Entry.comparingByKey())
        .map(metric -> new Metric(metric.getKey(), metric.getValue(), time, 0))
        .toList();
  }

  /// @param headers names and values in turn
  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).GET();
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /// Sends a form as a page of this console does.
  HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
    return post(path, form, "http://127.0.0.1:" + server.port());
  }

  /// @param origin what a browser says of the page that the form is in
  HttpResponse<String> post(String path, String form, String origin)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    if (!origin.isEmpty()) {
      request.header("Origin", origin);
    }
    return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.stop();
    tracking.close();
  }
}
