package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.events.WatchedRegistry;
import io.mlopscore.tracking.http.TrackingRoutes;
import io.mlopscore.tracking.http.WebhookCalls;
import io.mlopscore.tracking.sql.Database;
import io.mlopscore.tracking.sql.DatabaseUri;
import io.mlopscore.tracking.sql.SqlWebhooks;
import io.mlopscore.tracking.webhooks.Fernet;
import io.mlopscore.tracking.webhooks.WebhookAddresses;
import io.mlopscore.tracking.webhooks.WebhookDelivery;
import io.mlopscore.tracking.webhooks.WebhookRules;
import io.mlopscore.tracking.webhooks.WebhookSender;
import io.mlopscore.tracking.webhooks.WebhookSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Webhooks from the call that registers one to the message that its receiver gets.
@NullUnmarked
@Timeout(60)
final class WebhookRoutesTest {
  private static final String EVENTS =
      "[{\"entity\": \"REGISTERED_MODEL\", \"action\": \"CREATED\"}]";

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  @TempDir private Path folder;
  private Database database;
  private ModelRegistry registry;
  private WebhookDelivery delivery;
  private WebServer receiver;
  private WebServer server;
  private volatile Status answer = Status.OK_200;

  private record Received(String path, String signature, String deliveryId, String body) {}

  @BeforeEach
  void serve() {
    receiver = FreePort.serve(HttpRouting.builder().post("/*", this::receive));
    serve(
        Map.of(
            "MLFLOW_WEBHOOK_ALLOWED_SCHEMES", "http, https",
            "MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS", "true"));
  }

  private void receive(ServerRequest request, ServerResponse response) {
    var headers = request.headers();
    received.add(
        new Received(
            request.path().rawPath() + "?" + request.query().rawValue(),
            headers.first(HeaderNames.create("X-MLflow-Signature")).orElse(""),
            headers.first(HeaderNames.create("X-MLflow-Delivery-Id")).orElse(""),
            request.content().as(String.class)));
    var status = answer;
    answer = Status.OK_200;
    if (status.code() == 302) {
      response.header("Location", "/elsewhere");
    }
    response.status(status).send("heard");
  }

  private void serve(Map<String, String> env) {
    var clock = Clock.systemUTC();
    var tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
    var settings = WebhookSettings.read(env);
    var addresses = new WebhookAddresses(settings);
    database =
        Database.open(
            DatabaseUri.read(Tracking.DEFAULT_URI, folder, Map.of()), Tracking.ARTIFACT_ROOT);
    var tracking =
        Tracking.of(database, folder.resolve("mlartifacts").toString(), Tracking.ARTIFACT_ROOT);
    var webhooks =
        new SqlWebhooks(
            database,
            new WebhookRules(addresses),
            Fernet.withFreshKey(new SecureRandom(), clock),
            clock);
    var sender = new WebhookSender(webhooks, addresses, settings, () -> tls, clock);
    delivery = new WebhookDelivery(webhooks, tracking.registry(), sender, 2);
    registry = new WatchedRegistry(tracking.registry(), delivery);
    server =
        FreePort.serve(
            HttpRouting.builder()
                .register(new TrackingRoutes(tracking, new WebhookCalls(webhooks, sender))));
  }

  @AfterEach
  void stop() {
    delivery.close();
    server.stop();
    receiver.stop();
    database.close();
  }

  private JsonNode call(String method, String path, String body) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + server.port() + "/api/2.0/mlflow/webhooks" + path);
    var request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return json.readTree(client.send(request, BodyHandlers.ofString()).body());
  }

  private String create(String secret) throws Exception {
    var created =
        call(
            "POST",
            "",
            "{\"name\": \"hook\", \"url\": \"http://localhost:"
                + receiver.port()
                + "/hook%20x?a=b%26c%2Fd\", \"events\": "
                + EVENTS
                + secret
                + "}");
    return created.path("webhook").path("webhook_id").asText();
  }

  @Test
  void webhookIsToldOfAModelAfterItIsThere() throws Exception {
    create(", \"secret\": \"key\"");
    registry.createRegisteredModel("Iris", Map.of("a", "b"), "flowers");

    var message = received.take();
    assertThat(message.path()).isEqualTo("/hook%20x?a=b%26c%2Fd");
    assertThat(message.signature()).startsWith("v1,");
    assertThat(message.deliveryId()).isNotEmpty();
    var body = json.readTree(message.body());
    assertThat(body.path("entity").asText()).isEqualTo("registered_model");
    assertThat(body.path("data").toString())
        .isEqualTo("{\"name\":\"Iris\",\"tags\":{\"a\":\"b\"},\"description\":\"flowers\"}");
  }

  @Test
  void failedMessageIsSentAgainAsItWas() throws Exception {
    create("");
    answer = Status.SERVICE_UNAVAILABLE_503;
    registry.createRegisteredModel("Iris", Map.of(), "");
    assertThat(received.take()).isEqualTo(received.take());
  }

  @Test
  void secretIsNeverShown() throws Exception {
    var id = create(", \"secret\": \"s3cret\"");
    assertThat(call("GET", "/" + id, "").toString()).contains("hook").doesNotContain("s3cret");
    assertThat(call("GET", "", "").toString()).contains("hook").doesNotContain("s3cret");
  }

  @Test
  void trialTellsWhatTheReceiverAnswered() throws Exception {
    var id = create("");
    assertThat(call("POST", "/" + id + "/test", "{}").path("result").toString())
        .isEqualTo("{\"success\":true,\"response_status\":200,\"response_body\":\"heard\"}");
    assertThat(received.take().body()).contains("example_model");

    answer = Status.NOT_FOUND_404;
    assertThat(call("POST", "/" + id + "/test", "{}").path("result").toString())
        .contains("\"success\":false,\"response_status\":404");
  }

  @Test
  void redirectIsNotFollowed() throws Exception {
    var id = create("");
    answer = Status.FOUND_302;
    assertThat(call("POST", "/" + id + "/test", "{}").path("result").toString())
        .contains("\"success\":false,\"response_status\":302");
    assertThat(received).hasSize(1);
  }

  @Test
  void webhookCanBeChangedAndDeleted() throws Exception {
    var id = create("");
    var changed = call("PATCH", "/" + id, "{\"status\": \"DISABLED\"}").path("webhook");
    assertThat(changed.path("status").asText()).isEqualTo("DISABLED");
    assertThat(changed.path("name").asText()).isEqualTo("hook");
    assertThat(call("DELETE", "/" + id, "")).isEmpty();
    assertThat(call("GET", "/" + id, "").path("error_code").asText())
        .isEqualTo("RESOURCE_DOES_NOT_EXIST");
    assertThat(call("GET", "", "")).isEmpty();
  }

  @Test
  void wrongFieldsAreRefused() throws Exception {
    for (var body :
        new String[] {
          "{}",
          "{\"name\": \"a\", \"url\": \"http://x\"}",
          "{\"name\": \"a\", \"url\": \"http://x\", \"events\": [{\"entity\": \"NO\"}]}",
          "{\"name\": \"a\", \"url\": \"http://x\", \"events\": "
              + "[{\"entity\": \"REGISTERED_MODEL\", \"action\": \"SET\"}]}",
          "{\"name\": \"a\", \"url\": \"gopher://x\", \"events\": " + EVENTS + "}"
        }) {
      assertThat(call("POST", "", body).path("error_code").asText())
          .isEqualTo("INVALID_PARAMETER_VALUE");
    }
  }

  /// The row is made where it is allowed; the server that sends does not allow it.
  @Test
  void addressIsCheckedAgainWhenItIsConnectedTo() throws Exception {
    var id = create("");
    delivery.close();
    server.stop();
    database.close();
    serve(Map.of("MLFLOW_WEBHOOK_ALLOWED_SCHEMES", "http"));
    assertThat(call("POST", "/" + id + "/test", "{}").path("result").toString())
        .contains("\"success\":false", "must not resolve to a non-public IP address");
    assertThat(received).isEmpty();
  }
}
