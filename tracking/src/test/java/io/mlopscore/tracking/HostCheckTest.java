package io.mlopscore.tracking;

import static io.mlopscore.tracking.RawServer.CALLS;
import static io.mlopscore.tracking.RawServer.LOCAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.http.AllowedHosts;
import io.mlopscore.tracking.http.AllowedOrigins;
import io.mlopscore.tracking.http.HostCheck;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Under which names a server answers, and pages of which origins may ask it.
@NullUnmarked
class HostCheckTest {
  @TempDir Path folder;
  private RawServer server;

  @BeforeEach
  void open() {
    server = new RawServer(folder, new HostCheck());
  }

  private void use(HostCheck check) {
    server.close();
    server = new RawServer(folder, check);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void hostMustBeAllowedButForProbes() throws Exception {
    var evil = "Host: evil.example";
    var answer = server.ask("GET", CALLS + "experiments/get", "", evil);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Content-Type")).startsWith("text/plain");
    assertThat(server.ask("GET", "/health", "", evil).status()).isEqualTo(200);
    assertThat(server.ask("GET", "/health/live", "", evil).status()).isEqualTo(200);
    assertThat(server.ask("GET", "/version", "", evil).status()).isEqualTo(200);
  }

  @Test
  void otherHostsAndOriginsCanBeAllowedInstead() throws Exception {
    use(
        new HostCheck(
            AllowedHosts.of(List.of("*.example")),
            AllowedOrigins.of(List.of("https://app.example")),
            "DENY",
            ""));
    var path = CALLS + "runs/search";
    var json = "Content-Type: application/json";
    assertThat(server.ask("GET", path, "", LOCAL).status()).isEqualTo(403);
    var answer =
        server.ask("POST", path, "{}", "Host: a.example", json, "Origin: https://app.example");
    assertThat(answer.status()).isNotEqualTo(403);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(
            server
                .ask("POST", path, "{}", "Host: a.example", json, "Origin: https://b.example")
                .status())
        .isEqualTo(403);
    assertThat(
            server
                .ask("POST", path, "{}", "Host: a.example", json, "Origin: https://a.example")
                .status())
        .isEqualTo(200);
  }

  @Test
  void whereEveryHostIsAllowedNoPageIsTakenForTheServersOwn() throws Exception {
    use(new HostCheck(AllowedHosts.of(List.of("*")), AllowedOrigins.local(), "DENY", ""));
    var own =
        server.ask(
            "POST", CALLS + "runs/search", "{}", "Host: a.example", "Origin: http://a.example");
    assertThat(own.status()).isEqualTo(403);
  }

  @Test
  void pageOfAnotherOriginMayReadNothingAndChangeNothing() throws Exception {
    var evil = "Origin: http://evil.example";
    assertThat(server.ask("POST", CALLS + "runs/search", "{}", LOCAL, evil).status())
        .isEqualTo(403);
    var read = server.ask("GET", "/version", "", LOCAL, evil);
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(
            server
                .ask("GET", "/version", "", LOCAL, "Origin: http://localhost:3000")
                .header("Access-Control-Allow-Origin"))
        .isEqualTo("http://localhost:3000");
  }

  @Test
  void browsersAskBeforeTheySend() throws Exception {
    var path = CALLS + "runs/search";
    var method = "Access-Control-Request-Method: POST";
    var local = server.ask("OPTIONS", path, "", LOCAL, method, "Origin: http://localhost:3000");
    assertThat(local.status()).isEqualTo(200);
    assertThat(local.header("Access-Control-Allow-Methods")).contains("POST");
    assertThat(
            server.ask("OPTIONS", path, "", LOCAL, method, "Origin: http://evil.example").status())
        .isEqualTo(400);
    var plain = server.ask("OPTIONS", path, "", LOCAL);
    assertThat(plain.status()).isEqualTo(204);
    assertThat(plain.header("Allow")).isEqualTo("POST, OPTIONS");
  }
}
