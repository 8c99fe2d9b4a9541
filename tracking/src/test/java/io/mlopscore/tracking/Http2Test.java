package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webclient.http2.Http2Client;
import io.helidon.webclient.http2.Http2ClientResponse;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.http.Closing;
import io.mlopscore.tracking.http.HostCheck;
import io.mlopscore.tracking.http.TrackingRoutes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTP/2 without encryption and without asking first, as Cloud Run speaks it.
@NullUnmarked
class Http2Test {
  private static final String FILE = "/api/2.0/mlflow-artifacts/artifacts/1/model.bin";

  @TempDir Path folder;
  private Tracking tracking;
  private WebServer server;
  private Http2Client client;

  @BeforeEach
  void open() {
    tracking = Tracking.open(Tracking.DEFAULT_URI, folder);
    server =
        FreePort.serve(
            HttpRouting.builder()
                .addFilter(new Closing())
                .addFilter(new HostCheck())
                .register(new TrackingRoutes(tracking)));
    client =
        Http2Client.builder()
            .baseUri("http://127.0.0.1:" + server.port())
            .protocolConfig(config -> config.priorKnowledge(true))
            .build();
  }

  @AfterEach
  void close() {
    client.closeResource();
    server.stop();
    tracking.close();
  }

  @Test
  void files_go_both_ways() {
    var content = new byte[5 << 20];
    new Random(1).nextBytes(content);

    try (var stored = client.put(FILE).submit(content)) {
      assertThat(stored.status()).isEqualTo(Status.OK_200);
    }
    try (var found = client.get(FILE).request()) {
      assertThat(found.as(byte[].class)).isEqualTo(content);
    }
  }

  @Test
  void calls_and_their_errors_are_answered() {
    var body = "{\"name\": \"iris\"}";
    try (var made = create(body)) {
      assertThat(made.as(String.class)).contains("experiment_id");
    }
    try (var refused = create(body)) {
      assertThat(refused.status()).isEqualTo(Status.BAD_REQUEST_400);
      assertThat(refused.as(String.class)).contains("RESOURCE_ALREADY_EXISTS");
    }
  }

  private Http2ClientResponse create(String body) {
    return client
        .post("/api/2.0/mlflow/experiments/create")
        .contentType(MediaTypes.APPLICATION_JSON)
        .submit(body);
  }

  /// What a browser was made to ask for under another name, see [HostCheck].
  @Test
  void other_hosts_are_refused() {
    try (var refused =
        client
            .get("/api/2.0/mlflow/experiments/get?experiment_id=0")
            .header(HeaderNames.HOST, "evil.example")
            .request()) {
      assertThat(refused.status()).isEqualTo(Status.FORBIDDEN_403);
    }
  }

  /// Java's own client asks for that with each first request.
  @Test
  void nobody_is_offered_to_change_over() throws IOException, InterruptedException {
    try (var java = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      var uri = URI.create("http://127.0.0.1:" + server.port() + "/version");
      var answer = java.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }
  }
}
