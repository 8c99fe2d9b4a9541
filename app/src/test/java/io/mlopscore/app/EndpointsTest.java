package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.http.TrackingRoutes;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Asks this server every call that MLflow's has. Each is served or says that it is not, and
/// `docs/reference/mlflow-endpoints.md` tells which. After a change, write that page anew:
///
/// `MLOPS_WRITE_ENDPOINTS=1 ./mvnw -q -pl app -am test -Dtest=EndpointsTest
/// -Dsurefire.failIfNoSpecifiedTests=false`
class EndpointsTest {
  private static final Path PAGE = Path.of("../docs/reference/mlflow-endpoints.md");

  private static final Pattern REFUSAL =
      Pattern.compile("is not served by this version\\. ([^\"]+)\"");

  @TempDir private Path folder;

  @Test
  void everyCallOfMlflowsIsServedOrSaysThatItIsNot() throws Exception {
    var settings = ServerSettings.read(folder, Map.of("port", "0"), Map.of());
    try (var service = TrackingService.start(settings);
        var client = HttpClient.newHttpClient()) {
      var page = page(client, "http://127.0.0.1:" + service.port());
      if (System.getenv().containsKey("MLOPS_WRITE_ENDPOINTS")) {
        Files.writeString(PAGE, page);
      }
      assertThat(page).isEqualTo(Files.readString(PAGE));
    }
  }

  @Test
  void prefixStandsBeforeEveryCall() throws Exception {
    var flags = Map.of("port", "0", "static-prefix", "/ml", "registry-store-uri", "sqlite:///r.db");
    try (var service = TrackingService.start(ServerSettings.read(folder, flags, Map.of()));
        var client = HttpClient.newHttpClient()) {
      var address = "http://127.0.0.1:" + service.port();
      var call = "/api/2.0/mlflow/experiments/get?experiment_id=0";
      assertThat(status(client, address + "/ml/health")).isEqualTo(200);
      assertThat(status(client, address + "/ml" + call)).isEqualTo(200);
      assertThat(status(client, address + "/ml/nothing")).isEqualTo(404);
      assertThat(status(client, address + call)).isEqualTo(404);
      assertThat(status(client, address + "/ml/")).isEqualTo(200);
      assertThat(status(client, address + "/ml/experiments/0")).isEqualTo(200);
      assertThat(status(client, address + "/")).isEqualTo(302);
    }
  }

  private static int status(HttpClient client, String uri) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(uri)).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static String page(HttpClient client, String address) throws Exception {
    var page = new StringBuilder();
    page.append("# Endpoints of MLflow\n\n")
        .append("Every call that the server of MLflow ")
        .append(TrackingRoutes.MLFLOW_VERSION)
        .append(
            " has. What is under `/api` is under `/ajax-api` too, with the same answer."
                + " `EndpointsTest`\n")
        .append(
            "asks them all and compares this page. **501** is an error of MLflow's form with the"
                + " code\n")
        .append(
            "`NOT_IMPLEMENTED` and the sentence here. [What is served"
                + " differently](mlflow-compatibility.md).\n\n")
        .append("| method | path | |\n|---|---|---|\n");
    for (var route : routes()) {
      var words = route.split(" ", 2);
      var said = answer(client, words[0], address, words[1]);
      page.append("| %s | `%s` | %s |%n".formatted(words[0], words[1], said));
    }
    return page.toString();
  }

  private static List<String> routes() throws Exception {
    var table = TrackingRoutes.class.getResourceAsStream("mlflow-routes.txt");
    try (var lines =
        new BufferedReader(
            new InputStreamReader(Objects.requireNonNull(table), StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  /// `served`, or 501 and why.
  private static String answer(HttpClient client, String method, String address, String path)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(address + path.replaceAll("\\{\\+?\\w+}", "x")))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(method.equals("GET") ? "" : "{}"))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    var refusal = REFUSAL.matcher(answer.body());
    if (answer.statusCode() == 501 && refusal.find()) {
      return "501: " + refusal.group(1);
    }
    assertThat(answer.statusCode()).as(method + " " + path).isNotIn(405, 500);
    assertThat(answer.body()).as(method + " " + path).doesNotContain("There is nothing at this");
    return "served";
  }
}
