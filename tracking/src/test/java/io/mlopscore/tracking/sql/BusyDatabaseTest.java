package io.mlopscore.tracking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.FreePort;
import io.mlopscore.tracking.PostgresServer;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.http.TrackingRoutes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// As many read for long as the database lets: others are told to come back, and logging goes on.
final class BusyDatabaseTest {
  private static final String CREATE = "experiments/create";

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void readsOfSqliteAreToldToComeBackAndWritesGoOn() throws Exception {
    overloaded(new Sqlite(folder.resolve("mlflow.db")));
  }

  @Test
  void readsOfPostgreSqlAreToldToComeBackAndWritesGoOn() throws Exception {
    overloaded(DatabaseUri.read(PostgresServer.freshDatabase(), folder, Map.of()));
  }

  private void overloaded(Dialect dialect) throws Exception {
    var release = new CountDownLatch(1);
    try (var database = Database.open(dialect, "x:/");
        var tracking = Tracking.of(database, folder.toString(), "x:/");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var held = new CountDownLatch(dialect.readers());
      for (var i = 0; i < dialect.readers(); i++) {
        threads.execute(() -> database.read(_ -> hold(held, release)));
      }
      held.await();
      var server = serve(tracking);
      try {
        var refused = get(server, "experiments/get?experiment_id=0");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("REQUEST_LIMIT_EXCEEDED");
        assertThat(post(server, CREATE, "{\"name\": \"beside\"}").statusCode()).isEqualTo(200);
        release.countDown();
        assertThat(get(server, "experiments/get?experiment_id=0").statusCode()).isEqualTo(200);
      } finally {
        release.countDown();
        server.stop();
      }
    }
  }

  private static boolean hold(CountDownLatch held, CountDownLatch release) {
    held.countDown();
    try {
      release.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private static WebServer serve(Tracking tracking) {
    return FreePort.serve(HttpRouting.builder().register(new TrackingRoutes(tracking)));
  }

  private HttpResponse<String> get(WebServer server, String call) throws Exception {
    return http.send(request(server, call).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(WebServer server, String call, String body) throws Exception {
    var request =
        request(server, call)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(WebServer server, String call) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.port() + "/api/2.0/mlflow/" + call));
  }
}
