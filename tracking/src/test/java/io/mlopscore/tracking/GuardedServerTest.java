package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.auth.Grant;
import io.mlopscore.tracking.auth.Permission;
import io.mlopscore.tracking.auth.ResourceType;
import io.mlopscore.tracking.auth.Scope;
import io.mlopscore.tracking.auth.Token;
import io.mlopscore.tracking.auth.TokenSecret;
import io.mlopscore.tracking.events.RegistryChange;
import io.mlopscore.tracking.events.RunChange;
import io.mlopscore.tracking.traces.Assessment;
import io.mlopscore.tracking.traces.TraceInfo;
import io.mlopscore.tracking.traces.TraceState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server with users lets pass what MLflow's basic-auth app does.
final class GuardedServerTest {
  @TempDir Path folder;

  private GuardedServer server() throws Exception {
    return new GuardedServer(folder, Permission.READ);
  }

  private static String experiment(GuardedServer server, String name) {
    return server.tracking().store().createExperiment(name, Map.of());
  }

  @Test
  void strangersAreAskedWhoTheyAreAsInMlflow() throws Exception {
    try (var server = server()) {
      var answer = server.get("", "experiments/search?max_results=5");
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate"))
          .hasValue("Basic realm=\"mlflow\"");
      assertThat(answer.body()).startsWith("You are not authenticated.");
      assertThat(server.send("", "GET", "/health", "").statusCode()).isEqualTo(200);
      assertThat(server.send("", "GET", "/health/live", "").statusCode()).isEqualTo(200);
      assertThat(server.send("", "GET", "/version", "").statusCode()).isEqualTo(401);
      assertThat(server.send("ada", "GET", "/version", "").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whoMadeSomethingManagesItAndOthersReadIt() throws Exception {
    try (var server = server()) {
      var made = server.post("ada", "experiments/create", "{'name': 'hers'}");
      assertThat(made.statusCode()).isEqualTo(200);
      var run = server.post("ada", "runs/create", "{'experiment_id': '1'}");
      assertThat(run.statusCode()).isEqualTo(200);
      var refused = server.post("bob", "runs/create", "{'experiment_id': '1'}");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).isEqualTo("Permission denied");
      assertThat(server.get("bob", "experiments/get?experiment_id=1").statusCode()).isEqualTo(200);
      server.users.grant("bob", new Grant(ResourceType.EXPERIMENT, "1", Permission.EDIT));
      assertThat(server.post("bob", "runs/create", "{'experiment_id': '1'}").statusCode())
          .isEqualTo(200);
      assertThat(server.post("bob", "experiments/delete", "{'experiment_id': '1'}").statusCode())
          .isEqualTo(403);
      assertThat(server.post("ada", "experiments/delete", "{'experiment_id': '1'}").statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void vetoHidesWhatItForbids() throws Exception {
    try (var server = server()) {
      var open = experiment(server, "open");
      var secret = experiment(server, "secret");
      server.users.grant("bob", new Grant(ResourceType.EXPERIMENT, secret, Permission.DENY));
      assertThat(server.get("bob", "experiments/get?experiment_id=" + secret).statusCode())
          .isEqualTo(403);
      var runs = "{'experiment_ids': ['" + open + "', '" + secret + "']}";
      server.post("root", "runs/create", "{'experiment_id': '" + secret + "'}");
      assertThat(server.post("root", "runs/search", runs).body()).contains("run_id");
      assertThat(server.post("bob", "runs/search", runs).body()).doesNotContain("run_id");
    }
  }

  @Test
  void eventsAreOfWhatTheirReaderMayRead() throws Exception {
    try (var server = server()) {
      server.users.grant("bob", new Grant(ResourceType.EXPERIMENT, "0", Permission.DENY));
      var store = server.tracking().store();
      for (var experiment : List.of("0", experiment(server, "open"))) {
        var run = store.createRun(new NewRun(experiment, "one", "root", 1, Map.of())).info();
        server.changes.accept(new RunChange.Created(run));
        server.changes.accept(new RunChange.InputsLogged(run.runId()));
      }
      var registry = server.tracking().registry();
      registry.createRegisteredModel("asked", Map.of(Prompts.TAG, "true"), "");
      server.users.grant("bob", new Grant(ResourceType.PROMPT, "asked", Permission.DENY));
      server.changes.accept(new RegistryChange.ModelUpdated("asked"));
      server.changes.accept(new RegistryChange.ModelDeleted("gone"));
      try (var hers = server.events("ada");
          var his = server.events("bob")) {
        assertThat(numbers(hers, 6)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(numbers(his, 3)).containsExactly(3, 4, 6);
        server.users.delete("bob");
        server.changes.accept(new RegistryChange.ModelUpdated("gone"));
        assertThat(numbers(hers, 1)).containsExactly(7);
        assertThat(numbers(his, 1)).as("of a user who is deleted").isEmpty();
      }
    }
  }

  /// The numbers of the next events.
  private static List<Integer> numbers(BufferedReader events, int most) throws IOException {
    var found = new ArrayList<Integer>();
    var id = "";
    for (var line = events.readLine(); line != null; line = events.readLine()) {
      if (line.startsWith("id: ")) {
        id = line;
      } else if (line.startsWith("event: ")) {
        found.add(Integer.valueOf(id.substring("id: log-".length())));
        if (found.size() == most) {
          break;
        }
      }
    }
    return found;
  }

  @Test
  void tracesSayNothingOfWhatIsVetoed() throws Exception {
    try (var server = server()) {
      var experiment = experiment(server, "one");
      var run = Map.of(TraceInfo.SOURCE_RUN, "a-run", "mlflow.modelId", "m-1", "k", "v");
      var judged =
          new Assessment(
              "",
              "tr-1",
              "good",
              new Assessment.Value.Feedback("true", null),
              new Assessment.Source("HUMAN", "ada"),
              1,
              1,
              null,
              null,
              "because",
              null,
              true,
              Map.of());
      server
          .tracking()
          .traces()
          .startTrace(
              new TraceInfo(
                  "tr-1",
                  experiment,
                  1,
                  1L,
                  TraceState.OK,
                  null,
                  null,
                  null,
                  run,
                  Map.of(),
                  List.of(judged)));
      var search =
          "{'locations': [{'mlflow_experiment': {'experiment_id': '" + experiment + "'}}], %s}";
      var calls =
          Map.of(
              "traces/search",
              search.formatted("'max_results': 5"),
              "traces/batchGetInfos",
              "{'trace_ids': ['tr-1']}");
      for (var call : calls.entrySet()) {
        var shown = server.post("bob", call.getKey(), call.getValue()).body();
        assertThat(shown).as(call.getKey()).contains("because", "a-run", "m-1");
      }
      for (var type :
          List.of(ResourceType.ASSESSMENT, ResourceType.RUN, ResourceType.LOGGED_MODEL)) {
        server.users.grant("bob", new Grant(type, Grant.ALL, Permission.DENY));
      }
      for (var call : calls.entrySet()) {
        var shown = server.post("bob", call.getKey(), call.getValue()).body();
        assertThat(shown)
            .as(call.getKey())
            .contains("tr-1", "\"k\"")
            .doesNotContain("because", "a-run", "m-1");
      }
      var byTrace = server.get("bob", "traces/tr-1").body();
      assertThat(byTrace).contains("tr-1").doesNotContain("because", "a-run", "m-1");
      for (var told :
          List.of(
              "'filter': 'feedback.good IS NOT NULL'",
              "'filter': 'metadata.`mlflow.modelId` IS NULL'",
              "'filter': 'metadata.`mlflow.sourceRun` IS NULL'",
              "'order_by': ['run_id']")) {
        var answer = server.post("bob", "traces/search", search.formatted(told));
        assertThat(answer.statusCode()).as(told).isEqualTo(403);
      }
      assertThat(server.post("root", "traces/search", search.formatted("'max_results': 5")).body())
          .contains("because", "a-run");
    }
  }

  @Test
  void pagesAreFullOfWhatMayBeSeen() throws Exception {
    try (var server = new GuardedServer(folder, Permission.NO_PERMISSIONS)) {
      for (var i = 0; i < 30; i++) {
        var id = experiment(server, "e" + i);
        server.tracking().registry().createRegisteredModel("m%02d".formatted(i), Map.of(), "");
        if (i % 10 == 0) {
          server.users.grant("bob", new Grant(ResourceType.EXPERIMENT, id, Permission.READ));
          server.users.grant(
              "bob",
              new Grant(ResourceType.REGISTERED_MODEL, "m%02d".formatted(i), Permission.READ));
        }
      }
      var page = server.get("bob", "experiments/search?max_results=2").body();
      assertThat(page)
          .contains("e20", "e10", "next_page_token")
          .doesNotContain("\"e0\"", "\"e29\"");
      var models = server.get("bob", "registered-models/search?max_results=2").body();
      assertThat(models).contains("m00", "m10", "next_page_token").doesNotContain("\"m01\"");
      assertThat(server.get("ada", "experiments/search?max_results=2").body())
          .doesNotContain("experiment_id");
      assertThat(server.get("root", "registered-models/search?max_results=2").body())
          .contains("m00", "m01");
    }
  }

  @Test
  void modelsWithNamesThatNoFilterCanSayAreFound() throws Exception {
    try (var server = new GuardedServer(folder, Permission.NO_PERMISSIONS)) {
      for (var name : List.of("plain", "it's", "''", "'", "\\", "a\nb", "both ' and \"")) {
        server.tracking().registry().createRegisteredModel(name, Map.of(), "");
        server.users.grant("bob", new Grant(ResourceType.REGISTERED_MODEL, name, Permission.READ));
      }
      server.tracking().registry().createRegisteredModel("hidden", Map.of(), "");
      server.users.grant("bob", new Grant(ResourceType.REGISTERED_MODEL, "\0", Permission.READ));

      var found = server.get("bob", "registered-models/search");

      assertThat(found.statusCode()).isEqualTo(200);
      assertThat(found.body())
          .contains("plain", "it's", "\"''\"", "\"'\"", "\"\\\\\"", "a\\nb", "both ' and")
          .doesNotContain("hidden");
    }
  }

  @Test
  void filesAreGuardedByTheExperimentInTheirPath() throws Exception {
    try (var server = server()) {
      var path = "/api/2.0/mlflow-artifacts/artifacts/1/" + "a".repeat(32) + "/artifacts/f.txt";
      experiment(server, "one");
      assertThat(server.send("bob", "PUT", path, "hello").statusCode()).isEqualTo(403);
      server.users.grant("bob", new Grant(ResourceType.EXPERIMENT, "1", Permission.EDIT));
      assertThat(server.send("bob", "PUT", path, "hello").statusCode()).isEqualTo(200);
      assertThat(server.send("ada", "GET", path, "").body()).isEqualTo("hello");
      assertThat(server.send("bob", "DELETE", path, "").statusCode()).isEqualTo(403);
      server.users.grant("ada", new Grant(ResourceType.EXPERIMENT, "1", Permission.DENY));
      for (var disguised : List.of("1/", "./1/", "/1/", "%31/", "x/../1/")) {
        var there = path.replace("artifacts/1/", "artifacts/" + disguised);
        assertThat(server.send("ada", "GET", there, "").body()).isNotEqualTo("hello");
      }
    }
  }

  @Test
  void tokensDoNoMoreThanTheirScope() throws Exception {
    try (var server = server()) {
      experiment(server, "one");
      var reading = token(server, Scope.READ, null);
      var writing = token(server, Scope.WRITE, null);
      var expired = token(server, Scope.ADMIN, 1L);
      assertThat(server.get(reading, "experiments/get?experiment_id=1").statusCode())
          .isEqualTo(200);
      var create = "{'experiment_id': '1'}";
      assertThat(server.post(reading, "runs/create", create).statusCode()).isEqualTo(403);
      assertThat(server.post(writing, "runs/create", create).statusCode()).isEqualTo(200);
      assertThat(server.post(writing, "users/create", "{}").statusCode()).isEqualTo(403);
      assertThat(server.get(expired, "users/current").statusCode()).isEqualTo(401);
      server.users.tokens().all().forEach(token -> server.users.tokens().revoke(token.id()));
      assertThat(server.get(writing, "users/current").statusCode()).isEqualTo(401);
      assertThat(Files.readAllBytes(folder.resolve("basic_auth.db")))
          .as("only hashes are kept")
          .isNotEmpty();
    }
  }

  private static String token(GuardedServer server, Scope scope, @Nullable Long expires) {
    var secret = TokenSecret.random();
    var token = new Token(scope.name(), "root", "test", scope, 0, expires);
    server.users.tokens().add(token, secret.hash());
    return secret.text();
  }

  @Test
  void whoTriesPasswordsIsStopped() throws Exception {
    try (var server = server()) {
      var wrong = GuardedServer.basic("root", "wrong-password");
      for (var i = 0; i < GuardedServer.MOST_FAILURES; i++) {
        assertThat(server.withHeader("/version", wrong).statusCode()).isEqualTo(401);
      }
      var answer = server.withHeader("/version", GuardedServer.basic("root", "rootroot"));
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void passwordThatEverybodyKnowsLetsNoAdminIn() throws Exception {
    try (var server = server()) {
      server.users.setPassword("root", io.mlopscore.tracking.auth.PasswordHash.of("password1234"));
      var known = GuardedServer.basic("root", "password1234");
      assertThat(server.withHeader("/version", known).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void everyWriteIsToldWithoutWhatItWrote() throws Exception {
    try (var server = server()) {
      var run = server.post("root", "runs/create", "{'experiment_id': '0'}").body();
      var id = run.replaceAll("(?s).*\"run_id\" : \"(\\w+)\".*", "$1");
      var logged = "{'run_id': '" + id + "', 'key': 'lr', 'value': 'very-secret-value'}";
      server.post("root", "runs/log-parameter", logged);
      server.post("ada", "runs/log-parameter", logged);
      server.post("root", "users/create", "{'username': 'eve', 'password': 'eveeveeveeve1'}");
      server.get("root", "runs/get?run_id=" + id);
      var lines = Files.readAllLines(server.audit);
      assertThat(lines).hasSize(4);
      assertThat(lines.get(0)).contains("\"user\":\"root\"", id, "\"status\":200", "127.0.0.1");
      assertThat(lines.get(2)).contains("\"user\":\"ada\"", "\"status\":403");
      assertThat(String.join("", lines)).doesNotContain("very-secret-value", "eveeveeveeve1");
    }
  }

  @Test
  void movedLogIsMadeAnewAndOneThatCannotBeWrittenStopsWrites() throws Exception {
    try (var server = server()) {
      server.post("root", "runs/create", "{'experiment_id': '0'}");
      Files.move(server.audit, folder.resolve("audit.log.1"));
      server.post("root", "runs/create", "{'experiment_id': '0'}");
      assertThat(Files.readAllLines(server.audit)).hasSize(1);
      Files.delete(server.audit);
      Files.createDirectory(server.audit);
      server.post("root", "runs/create", "{'experiment_id': '0'}");
      var refused = server.post("root", "runs/create", "{'experiment_id': '0'}");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("The audit log cannot be written");
      assertThat(server.get("root", "experiments/get?experiment_id=0").statusCode()).isEqualTo(200);
      Files.delete(server.audit);
      assertThat(server.post("root", "runs/create", "{'experiment_id': '0'}").statusCode())
          .isEqualTo(200);
      assertThat(Files.readString(server.audit)).contains("resumed after a gap");
    }
  }
}
