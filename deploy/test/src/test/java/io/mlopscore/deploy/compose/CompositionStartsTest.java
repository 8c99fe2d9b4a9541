package io.mlopscore.deploy.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Both services of the composition start with the commands and the environment that it gives them,
/// and with secrets that `make-secrets` made. Without an engine: the built distribution stands in
/// for the image, free ports for the containers' own, and SQLite for the PostgreSQL beside it.
@Tag("compose")
final class CompositionStartsTest {
  private static final Path FOLDER = Path.of("../compose");
  private static final Path MLOPS = Path.of("../../app/target/dist/bin/mlops").toAbsolutePath();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();
  private Composition composition;
  private int serverPort;
  private int servePort;

  @BeforeEach
  void prepare() throws Exception {
    serverPort = freePort();
    servePort = freePort();
    var env = Composition.variables(FOLDER.resolve(".env.example"));
    env.put("MLOPS_MODEL", "iris");
    env.put("MLOPS_HOSTS", "mlops.example.org");
    composition = Composition.read(FOLDER, env);
    for (var name : List.of("compose.yaml", "make-secrets")) {
      Files.copy(FOLDER.resolve(name), folder.resolve(name));
    }
    Files.write(folder.resolve(".env"), env.entrySet().stream().map(e -> e.toString()).toList());
    Files.createDirectory(folder.resolve("data"));
    assertThat(makeSecrets("missing")).contains("kept nowhere: ");
    moveUsers();
    Files.writeString(secret("database-uri"), "sqlite:///" + folder.resolve("data/mlflow.db"));
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (var process : started) {
      process.destroy();
      process.waitFor();
    }
  }

  @Test
  @Timeout(180)
  void bothServicesStartAndEachKnowsTheOther() throws Exception {
    start("server", serverPort);
    awaitStatus(serverPort, "/health", 200);
    assertThat(makeSecrets("users")).contains("serving can log in");
    registerModel();
    start("serve", servePort);
    awaitStatus(servePort, "/health/live", 200);
    assertThat(status(servePort, "/health/ready", "")).isEqualTo(503);
    // It was let in, and told that the model has no such alias yet.
    assertThat(Files.readString(folder.resolve("serve.log")))
        .contains("champion")
        .doesNotContain("answered 401", "answered 403");
    assertThat(status(servePort, "/model/info", "")).isEqualTo(401);
  }

  @Test
  @Timeout(180)
  void metricsOfTheTrackingServerAreShownToTheTokenOfPrometheus() throws Exception {
    start("server", serverPort);
    awaitStatus(serverPort, "/health", 200);
    assertThat(status(serverPort, "/metrics", "Bearer ")).isEqualTo(401);
    assertThat(makeSecrets("prometheus")).contains("may only read");
    var token = Files.readString(secret("tracking-token")).strip();
    assertThat(status(serverPort, "/metrics", "Bearer " + token)).isEqualTo(200);
  }

  @Test
  void secretsAreInNoEnvironmentAndMadeOnce() throws Exception {
    var made = Files.readString(secret("postgres-password"));
    assertThat(made).matches("[0-9a-f]{48}");
    assertThat(makeSecrets("missing")).doesNotContain(" is made", "kept nowhere");
    assertThat(Files.readString(secret("postgres-password"))).isEqualTo(made);
    for (var service : List.of("server", "serve", "postgres")) {
      assertThat(composition.environment(service).toString())
          .doesNotContain(made, Files.readString(secret("serving-password")));
    }
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets"))))
        .isEqualTo("rwx------");
  }

  @Test
  void whoseAlertsWouldGoNowhereIsToldSo() throws Exception {
    assertThat(makeSecrets("missing"))
        .contains("pagerduty-key is empty: the pager is told nothing", "slack-url is empty");
    Files.writeString(secret("slack-url"), "https://hooks.example.org/services/1");
    assertThat(makeSecrets("missing")).contains("pagerduty-key").doesNotContain("slack-url");
  }

  @Test
  void whatIsLeftEmptyIsSaid() throws Exception {
    var example = Composition.variables(FOLDER.resolve(".env.example"));
    var unfilled = Composition.read(FOLDER, example);
    assertThatThrownBy(() -> unfilled.command("serve")).hasMessageContaining("MLOPS_MODEL");
    example.put("CORS_ORIGINS", "");
    var closed = Composition.read(FOLDER, example);
    assertThatThrownBy(() -> closed.environment("serve")).hasMessageContaining("CORS_ORIGINS");
  }

  /// The process has what the composition gives it, and otherwise only what finds a JDK.
  private void start(String service, int port) throws IOException {
    var command = new ArrayList<>(List.of(MLOPS.toString()));
    composition.command(service).forEach(word -> command.add(here(word)));
    command.replaceAll(
        word ->
            word.startsWith("--port=") ? "--port=" + port : word.replace("0.0.0.0", "127.0.0.1"));
    started.add(
        process(command, environment(service))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(service + ".log").toFile())
            .start());
  }

  private Map<String, String> environment(String service) {
    var env = composition.environment(service);
    env.replaceAll((_, value) -> here(value));
    return env;
  }

  private String here(String text) {
    return text.replace("/run/secrets", folder.resolve("secrets").toString())
        .replace("/data/", folder.resolve("data") + "/")
        .replace("http://server:5000", "http://127.0.0.1:" + serverPort)
        .replace("127.0.0.1:5000", "127.0.0.1:" + serverPort);
  }

  private ProcessBuilder process(List<String> command, Map<String, String> environment) {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().retainAll(List.of("PATH", "HOME", "JAVA_HOME", "TMPDIR"));
    builder.environment().putAll(environment);
    return builder;
  }

  /// Runs the script; instead of an engine it finds a script that runs the command here.
  private String makeSecrets(String what) throws Exception {
    var engine = folder.resolve("engine");
    Files.writeString(
        engine,
        "#!/bin/bash\nwhile [ \"$1\" != io.mlopscore.app.Main ]; do shift; done\nshift\n"
            + "exec "
            + MLOPS
            + " \"$@\"\n");
    Files.setPosixFilePermissions(engine, PosixFilePermissions.fromString("rwxr-xr-x"));
    var env = environment("server");
    env.put("MLOPS_TRACKING_SERVER", "http://127.0.0.1:" + serverPort);
    env.put("COMPOSE", engine.toString());
    var script = process(List.of(folder.resolve("make-secrets").toString(), what), env);
    var process = script.redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  /// The users' database is on a volume of the container.
  private void moveUsers() throws IOException {
    var text = Files.readString(secret("auth.ini"));
    assertThat(text).contains("sqlite:////data/");
    Files.writeString(secret("auth.ini"), text.replace("/data/", folder + "/data/"));
  }

  private Path secret(String name) {
    return folder.resolve("secrets").resolve(name);
  }

  private void registerModel() throws Exception {
    var password =
        Files.readAllLines(secret("auth.ini")).getLast().replace("admin_password = ", "admin:");
    var login = Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8));
    var create =
        URI.create("http://127.0.0.1:" + serverPort + "/api/2.0/mlflow/registered-models/create");
    var request =
        HttpRequest.newBuilder(create)
            .header("Authorization", "Basic " + login)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"name\": \"iris\"}"))
            .build();
    assertThat(CLIENT.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private void awaitStatus(int port, String path, int status) throws Exception {
    while (true) {
      assertThat(started).as(() -> logs()).allMatch(Process::isAlive);
      try {
        if (status(port, path, "") == status) {
          return;
        }
      } catch (IOException _) {
        // not listening yet
      }
      Thread.sleep(100);
    }
  }

  private String logs() {
    try (var files = Files.list(folder)) {
      var text = new StringBuilder();
      for (var file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
        text.append(file).append('\n').append(Files.readString(file));
      }
      return text.toString();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static int status(int port, String path, String authorization) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return CLIENT.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private static int freePort() throws IOException {
    try (var probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }
}
