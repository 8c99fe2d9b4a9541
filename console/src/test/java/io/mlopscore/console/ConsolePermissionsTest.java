package io.mlopscore.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.auth.Grant;
import io.mlopscore.tracking.auth.Permission;
import io.mlopscore.tracking.auth.ResourceType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// Pages show and change what their reader may see and change, by the rules of the API.
final class ConsolePermissionsTest {
  private static GuardedConsole console;
  private String name;
  private String secret;
  private String run;

  @BeforeAll
  static void serve(@TempDir Path directory) throws Exception {
    console = new GuardedConsole(directory);
    console.tracking.registry().createRegisteredModel("Iris", Map.of(), "");
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @BeforeEach
  void keepASecret(TestInfo test) {
    var store = console.tracking.store();
    name = "secret of " + test.getDisplayName();
    secret = store.createExperiment(name, Map.of());
    run = store.createRun(new NewRun(secret, "hidden", "root", 1, Map.of())).info().runId();
  }

  private void grant(Permission permission) {
    console.users.grant("ada", new Grant(ResourceType.EXPERIMENT, secret, permission));
  }

  @Test
  void whatMayNotBeReadIsOnNoPage() throws Exception {
    for (var path : List.of("/", "/models", "/?q=s")) {
      assertThat(console.get("ada", path).body()).doesNotContain(name, ">Iris<");
    }
    for (var path :
        List.of(
            "/experiments/" + secret,
            "/experiments/" + secret + "/traces",
            "/runs/" + run,
            "/runs/" + run + "/files/x",
            "/runs/" + run + "/artifacts/x",
            "/runs/delete?run=" + run,
            "/compare?run=" + run,
            "/models/Iris",
            "/models/Iris/promote?alias=a&version=1",
            "/users",
            "/users/root")) {
      var page = console.get("ada", path);
      assertThat(page.statusCode()).as(path).isEqualTo(403);
      assertThat(page.body()).contains("Ask an admin").doesNotContain("hidden");
    }
    assertThat(console.get("root", "/").body()).contains(name, ">Iris<", "/users");
  }

  @Test
  void runsThatAreVetoedAreNotCounted() throws Exception {
    var counted = "<td class=\"number\">1</td>";
    grant(Permission.READ);
    assertThat(console.get("ada", "/").body()).contains(name, counted);
    console.users.grant("ada", new Grant(ResourceType.RUN, Grant.ALL, Permission.DENY));
    assertThat(console.get("ada", "/").body()).contains(name).doesNotContain(counted);
    console.users.revoke("ada", ResourceType.RUN, Grant.ALL);
  }

  @Test
  void whoMayReadMayNotChange() throws Exception {
    grant(Permission.READ);
    assertThat(console.get("ada", "/").body()).contains(name);
    assertThat(console.get("ada", "/runs/" + run).body())
        .contains("hidden")
        .doesNotContain("Rename", ">Delete<");
    for (var path : List.of("/name", "/note", "/tags", "/tags/delete", "/restore")) {
      var answer = console.post("ada", "/runs/" + run + path, "name=x&key=k&value=v");
      assertThat(answer.statusCode()).as(path).isEqualTo(403);
    }
    assertThat(console.post("ada", "/runs/delete", "run=" + run).statusCode()).isEqualTo(403);
  }

  @Test
  void changesAreInTheAuditLogAsThoseOfTheApi() throws Exception {
    grant(Permission.EDIT);
    assertThat(console.post("ada", "/runs/" + run + "/name", "name=x").statusCode()).isEqualTo(303);
    assertThat(Files.readString(console.audit))
        .contains("\"user\":\"ada\"", "\"call\":\"POST runs/log-batch\"", run);
  }

  @Test
  void adminsKeepTheUsers() throws Exception {
    assertThat(console.post("root", "/users", "username=bob&password=bobbobbobbob").statusCode())
        .isEqualTo(303);
    console.post(
        "root", "/users/bob/permissions", "type=experiment&id=" + secret + "&permission=READ");
    assertThat(console.get("root", "/users").body()).contains(">bob<").doesNotContain("__user_");
    assertThat(console.get("root", "/users/bob").body())
        .contains("READ", "<code>" + secret, "Take back")
        .doesNotContain("__user_");
    console.post("root", "/users/bob/permissions/delete", "type=experiment&id=" + secret);
    assertThat(console.get("root", "/users/bob").body()).contains("Nothing was granted");
    assertThat(console.post("root", "/users/bob/password", "password=short").statusCode())
        .isEqualTo(400);
    assertThat(console.post("ada", "/users/bob/delete", "").statusCode()).isEqualTo(403);
    assertThat(console.post("root", "/users/bob/delete", "").statusCode()).isEqualTo(303);
    assertThat(console.get("root", "/users").body()).doesNotContain(">bob<");
  }

  @Test
  void whoIsNotLoggedInIsLedToTheLoginAndBack() throws Exception {
    var answer = console.get("", "/experiments/0?q=a");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location"))
        .hasValue("/login?next=%2Fexperiments%2F0%3Fq%3Da");
  }

  @Test
  void loginBehindAProxyLeadsThroughItAgain() throws Exception {
    assertThat(console.getBehind("/ml", "/experiments/0").headers().firstValue("Location"))
        .hasValue("/ml/login?next=%2Fml%2Fexperiments%2F0");
  }
}
