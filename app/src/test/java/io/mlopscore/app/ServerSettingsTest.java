package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.tracking.http.ServedCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The flags and variables of `mlflow server` mean here what they mean there.
class ServerSettingsTest {
  private static ServerSettings read(Map<String, String> flags, Map<String, String> env)
      throws IOException {
    return ServerSettings.read(Path.of(""), flags, env);
  }

  @Test
  void everyFlagOfMlflowServerIsTaken() {
    var line =
        "-h 127.0.0.1 -p 5000 -w 4 --backend-store-uri sqlite:///a.db --registry-store-uri"
            + " sqlite:///b.db --default-artifact-root x --serve-artifacts --no-serve-artifacts"
            + " --artifacts-only --artifacts-destination y --allowed-hosts a --cors-allowed-origins"
            + " b --x-frame-options DENY --disable-security-middleware --static-prefix /x"
            + " --gunicorn-opts=--a --waitress-opts=--b --uvicorn-opts=--c --expose-prometheus d"
            + " --dev --env-file e --enable-workspaces --disable-workspaces --workspace-store-uri f"
            + " --read-replica-backend-store-uri g --secrets-cache-ttl 60 --secrets-cache-max-size"
            + " 10 --trace-archival-config h";
    assertThat(new CommandLine(new ServerCommand()).parseArgs(line.split(" ")).errors()).isEmpty();
  }

  @Test
  void flagsWithoutMeaningAreSaid() throws Exception {
    var options = new PythonOptions();
    new CommandLine(new Parsed(options))
        .parseArgs("--workers", "4", "--uvicorn-opts", "x", "--dev");
    options.requireServed(Map.of());
    assertThat(options.remarks())
        .containsExactly(
            "--workers has no meaning here and is ignored.",
            "--uvicorn-opts has no meaning here and is ignored.",
            "--dev has no meaning here and is ignored.");
  }

  @CommandLine.Command
  private record Parsed(@CommandLine.Mixin PythonOptions options) {}

  @Test
  void workspacesAreRefusedRatherThanMixedUp() {
    assertThatThrownBy(
            () -> new PythonOptions().requireServed(Map.of("MLFLOW_ENABLE_WORKSPACES", "true")))
        .hasMessageContaining("there are no workspaces here");
  }

  @Test
  void artifactsAreServedUnlessSaidOtherwise() throws Exception {
    assertThat(read(Map.of(), Map.of()).served()).isEqualTo(ServedCalls.ALL);
    var without = read(Map.of("serve-artifacts", "false"), Map.of());
    assertThat(without.served()).isEqualTo(ServedCalls.WITHOUT_PROXY);
    assertThat(without.artifactRoot()).isEqualTo(Path.of("mlruns").toAbsolutePath().toString());
    assertThat(read(Map.of(), Map.of("MLFLOW_ARTIFACTS_ONLY", "true")).served())
        .isEqualTo(ServedCalls.PROXY_ONLY);
    assertThatThrownBy(() -> read(Map.of("serve-artifacts", "perhaps"), Map.of()))
        .hasMessageContaining("must be true or false");
  }

  @Test
  void registryIsElsewhereOnlyIfItIs() throws Exception {
    var same = "sqlite:///mlflow.db";
    assertThat(read(Map.of("registry-store-uri", same), Map.of()).registry()).isEmpty();
    assertThat(read(Map.of("registry-store-uri", "sqlite:///b.db"), Map.of()).registry())
        .isPresent();
  }

  @Test
  void whatHoldsPasswordsMayBeInFiles(@TempDir Path folder) throws Exception {
    var uri = Files.writeString(folder.resolve("uri"), "postgresql://ada:secret@db/runs\n");
    var password = Files.writeString(folder.resolve("password"), "of the first admin\n");
    var env =
        Map.of(
            "MLFLOW_BACKEND_STORE_URI_FILE",
            uri.toString(),
            "MLFLOW_AUTH_ADMIN_PASSWORD_FILE",
            password.toString());
    var settings = read(Map.of(), env);
    assertThat(settings.database().place()).isEqualTo("postgresql://db:5432/runs");
    assertThat(settings.auth().adminPassword()).isEqualTo("of the first admin");
    assertThat(read(Map.of("backend-store-uri", "sqlite:///a.db"), env).database().place())
        .endsWith("a.db");
    assertThat(ServedFolder.named(Map.of(), env)).isEmpty();
  }

  @Test
  void secretAndFileTogetherAreRefused() {
    var env = Map.of("MLFLOW_BACKEND_STORE_URI", "a", "MLFLOW_BACKEND_STORE_URI_FILE", "b");
    assertThatThrownBy(() -> read(Map.of(), env))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("MLFLOW_BACKEND_STORE_URI_FILE are both set");
  }

  @Test
  void addressThatOthersReachNeedsUsersOrAWordThatItDoesNot(@TempDir Path folder) throws Exception {
    for (var host : new String[] {"0.0.0.0", "::", "192.0.2.1"}) {
      assertThatThrownBy(() -> TrackingService.start(at(folder, host, Map.of(), Map.of())))
          .as(host)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("--host " + host, "nobody has to log in", "--allow-anonymous");
    }
    assertThat(folder).as("refused before anything was made").isEmptyDirectory();
    for (var host : new String[] {"127.0.0.1", "127.0.0.2", "localhost", "::1"}) {
      at(folder, host, Map.of(), Map.of()).auth().requireSafe(host);
    }
    at(folder, "0.0.0.0", Map.of("allow-anonymous", "true"), Map.of())
        .auth()
        .requireSafe("0.0.0.0");
    at(folder, "0.0.0.0", Map.of(), Map.of("MLOPS_ALLOW_ANONYMOUS", "true"))
        .auth()
        .requireSafe("0.0.0.0");
    at(folder, "0.0.0.0", Map.of("app-name", "basic-auth"), Map.of()).auth().requireSafe("0.0.0.0");
  }

  private static ServerSettings at(
      Path folder, String host, Map<String, String> flags, Map<String, String> env)
      throws IOException {
    var all = new HashMap<>(flags);
    all.putAll(Map.of("host", host, "port", "0"));
    return ServerSettings.read(folder, all, env);
  }

  @Test
  void wrongPrefixOrFrameIsNamed() {
    for (var prefix : new String[] {"x", "/x/", "/{x}"}) {
      assertThatThrownBy(() -> read(Map.of("static-prefix", prefix), Map.of()))
          .hasMessageContaining("--static-prefix '" + prefix + "'");
    }
    assertThatThrownBy(() -> read(Map.of("x-frame-options", "maybe"), Map.of()))
        .hasMessageContaining("SAMEORIGIN, DENY or NONE");
  }

  @Test
  void connectionsAreKeptAsLongAsSaid() throws Exception {
    assertThat(read(Map.of(), Map.of()).network().idleTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(read(Map.of(), Map.of("MLOPS_IDLE_TIMEOUT", "620")).network().idleTimeout())
        .isEqualTo(Duration.ofSeconds(620));
    for (var wrong : List.of("0", "-1", "1m", "86401", "999999")) {
      assertThatThrownBy(() -> read(Map.of(), Map.of("MLOPS_IDLE_TIMEOUT", wrong)))
          .hasMessage("MLOPS_IDLE_TIMEOUT '%s' must be a number of seconds, 1 to 86400", wrong);
    }
  }

  @Test
  void securityMiddlewareCanBeTurnedOff() throws Exception {
    var off = Map.of("MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE", "true");
    assertThat(read(Map.of(), off).network().check()).isEmpty();
    assertThat(read(Map.of(), Map.of()).network().check()).isPresent();
  }

  @Test
  void fileStandsInForVariablesThatAreNotSet(@TempDir Path folder) throws Exception {
    var file = folder.resolve(".env");
    Files.writeString(
        file, "# a comment\nexport MLFLOW_PORT='5001'\nMLFLOW_HOST=\"::1\"\n\nbroken\n");
    var env = EnvFile.over(Map.of("MLFLOW_HOST", "127.0.0.2"), file);
    assertThat(env).containsEntry("MLFLOW_PORT", "5001").containsEntry("MLFLOW_HOST", "127.0.0.2");
  }
}
