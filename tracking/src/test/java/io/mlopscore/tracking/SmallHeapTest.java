package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.http.TrackingRoutes;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Many ask at once for more than fits into the memory of a server, while others log: whoever asks
/// is answered or told to come back, and what was acknowledged is there.
@NullUnmarked
class SmallHeapTest {
  /// Less than the launcher gives, so that a test of few minutes is enough.
  private static final String HEAP = "-Xmx96m";

  private static final int POINTS = 1_000_000;
  private static final int FAT_RUNS = 400;
  private static final int READERS = 6;

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Process server;
  private String address;
  private String longRun;
  private String loggedTo;

  @BeforeEach
  void start() throws IOException {
    try (var tracking = Tracking.open(Tracking.DEFAULT_URI, folder)) {
      longRun = start(tracking.store(), "long");
      loggedTo = start(tracking.store(), "logged to");
      for (var first = 0; first < POINTS; first += 20_000) {
        tracking.store().log(longRun, points("m", first, 20_000));
      }
      for (var run = 0; run < FAT_RUNS; run++) {
        tracking.store().log(start(tracking.store(), "fat " + run), manyThings());
      }
    }
    server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Server.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader lines = server.inputReader();
    address = "http://127.0.0.1:" + lines.readLine() + "/api/2.0/mlflow/";
  }

  private static String start(TrackingStore store, String name) {
    return store.createRun(new NewRun("0", name, "ada", 1, Map.of())).info().runId();
  }

  private static RunBatch points(String key, int first, int count) {
    var points =
        IntStream.range(first, first + count).mapToObj(i -> new Metric(key, i, i, i)).toList();
    return new RunBatch(points, Map.of(), Map.of());
  }

  private static RunBatch manyThings() {
    var metrics =
        IntStream.range(0, 200).mapToObj(i -> new Metric("metric " + i, i, 1, 1)).toList();
    var params = new java.util.HashMap<String, String>();
    IntStream.range(0, 20).forEach(i -> params.put("param " + i, "x".repeat(2000)));
    return new RunBatch(metrics, params, Map.of());
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.destroyForcibly().waitFor();
  }

  @Test
  @Timeout(300)
  void readersAreAnsweredOrToldToComeBackAndNothingLoggedIsLost() throws Exception {
    var stop = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var logged = threads.submit(() -> log(stop));
      var readers = new ArrayList<Callable<Integer>>();
      for (var i = 0; i < READERS; i++) {
        readers.add(this::history);
        readers.add(this::runs);
      }
      var statuses = new ArrayList<Integer>();
      try {
        for (Future<Integer> reader : threads.invokeAll(readers)) {
          statuses.add(reader.get());
        }
      } finally {
        stop.set(true);
      }
      var acknowledged = logged.get();
      assertThat(statuses).containsOnly(200, 429).contains(200);
      assertThat(server.isAlive()).isTrue();
      server.destroyForcibly().waitFor();
      try (var tracking = Tracking.open(Tracking.DEFAULT_URI, folder)) {
        assertThat(tracking.store().history(loggedTo, "m").size())
            .isGreaterThanOrEqualTo(acknowledged);
      }
    }
  }

  /// Logs point after point.
  ///
  /// @return how many were acknowledged
  private int log(AtomicBoolean stop) throws Exception {
    var acknowledged = 0;
    for (var step = 0; !stop.get(); step++) {
      var body =
          "{\"run_id\": \"%s\", \"key\": \"m\", \"value\": 1, \"timestamp\": 1, \"step\": %d}"
              .formatted(loggedTo, step);
      var status = post("runs/log-metric", body).statusCode();
      assertThat(status).isIn(200, 429);
      acknowledged += status == 200 ? 1 : 0;
    }
    return acknowledged;
  }

  private int history() throws Exception {
    var uri =
        "metrics/get-history?metric_key=m&max_results=%d&run_id=%s".formatted(POINTS, longRun);
    var answer =
        http.send(
            HttpRequest.newBuilder(URI.create(address + uri)).build(),
            BodyHandlers.ofInputStream());
    try (var body = answer.body()) {
      return whole(answer, count(body, "\"key\""), POINTS);
    }
  }

  private int runs() throws Exception {
    var answer =
        post("runs/search", "{\"experiment_ids\": [\"0\"], \"max_results\": %d}".formatted(50_000));
    try (var body = answer.body()) {
      return whole(answer, count(body, "\"run_uuid\""), FAT_RUNS + 2);
    }
  }

  private static int whole(HttpResponse<?> answer, long found, long expected) {
    if (answer.statusCode() == 200) {
      assertThat(found).isEqualTo(expected);
    } else {
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
    return answer.statusCode();
  }

  private static long count(java.io.InputStream body, String word) {
    return new BufferedReader(
            new java.io.InputStreamReader(body, java.nio.charset.StandardCharsets.UTF_8))
        .lines()
        .filter(line -> line.contains(word))
        .count();
  }

  private HttpResponse<java.io.InputStream> post(String call, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(address + call))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofInputStream());
  }

  /// Serves the folder that it is given and says its port.
  static final class Server {
    private Server() {}

    public static void main(String[] args) throws InterruptedException {
      var tracking = Tracking.open(Tracking.DEFAULT_URI, Path.of(args[0]));
      var web = FreePort.serve(HttpRouting.builder().register(new TrackingRoutes(tracking)));
      System.out.println(web.port());
      Thread.currentThread().join();
    }
  }
}
