package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.http.TrackingRoutes;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// `/health` tells of every database that does not answer.
class HealthTest {
  @TempDir Path folder;

  @Test
  void registryWithADatabaseOfItsOwnIsAskedToo() throws Exception {
    try (var store = Tracking.open(Tracking.DEFAULT_URI, folder);
        var registry = Tracking.open("sqlite:///registry.db", folder)) {
      var server =
          serve(
              new Tracking(
                  store.store(), registry.registry(), store.traces(), store.artifacts(), () -> {}));
      try {
        assertThat(health(server).body()).isEqualTo("OK");
        execute("ALTER TABLE registered_models RENAME TO lost");
        assertThat(health(server).statusCode()).isEqualTo(503);
        assertThat(ask(server, "/health/live").statusCode()).isEqualTo(200);
        execute("ALTER TABLE lost RENAME TO registered_models");
        assertThat(health(server).statusCode()).isEqualTo(200);
      } finally {
        server.stop();
      }
    }
  }

  private void execute(String sql) throws Exception {
    try (var database =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("registry.db"));
        var change = database.createStatement()) {
      change.execute(sql);
    }
  }

  @Test
  void stoppedPostgresqlIsToldInSeconds() throws Exception {
    var postgres = postgres();
    try (var tracking =
        Tracking.open(
            "postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/postgres", folder)) {
      var server = serve(tracking);
      try {
        assertThat(health(server).statusCode()).isEqualTo(200);
        postgres.close();
        var answer = health(server);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      } finally {
        server.stop();
      }
    } finally {
      postgres.close();
    }
  }

  private static EmbeddedPostgres postgres() throws IOException {
    try {
      return EmbeddedPostgres.builder().start();
    } catch (IllegalStateException e) {
      throw new TestAbortedException("PostgreSQL does not start here: " + e, e);
    }
  }

  private static WebServer serve(Tracking tracking) {
    return FreePort.serve(HttpRouting.builder().register(new TrackingRoutes(tracking)));
  }

  private static HttpResponse<String> health(WebServer server) throws Exception {
    return ask(server, "/health");
  }

  private static HttpResponse<String> ask(WebServer server, String path) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + server.port() + path);
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }
}
