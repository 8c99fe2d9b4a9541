package io.mlopscore.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The commands of the guide, as they stand there, bring what the manifests ask for. Without a
/// cluster: `kubectl` is a script that keeps Secrets as folders and runs commands here, the
/// tracking server is the built distribution with the manifest's arguments, and SQLite is its
/// PostgreSQL.
@Tag("kubernetes")
final class SetUpGuideTest {
  private static final Path GUIDE = Path.of("../../docs/how-to/kubernetes.md");
  private static final Path BASE = Path.of("../kubernetes/base");
  private static final Path MLOPS = Path.of("../../app/target/dist/bin/mlops").toAbsolutePath();
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String COMMIT =
      "git add . && git -c user.name=a -c user.email=a@example.org commit -qm a";
  private static final String KUBECTL =
      """
      #!/bin/bash
      set -eu
      case "$*" in
        *' create secret generic '*)
          folder=$HOME/secrets/$6
          mkdir -p "$folder"
          for given in "${@:7}"; do
            value=${given#--from-*=}
            case $given in
              --from-literal=*) printf %s "${value#*=}" > "$folder/${value%%=*}" ;;
              --from-file=*) cp "${value#*=}" "$folder/${value%%=*}" ;;
            esac
          done ;;
        *' exec '*)
          while [ "$1" != io.mlopscore.app.Main ]; do shift; done
          exec "$MLOPS" "${@:2}" ;;
        *' port-forward service/server 5000') ;;
        *) exit 2 ;;
      esac
      """;

  @TempDir private Path home;
  private int port;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    try (var probe = new ServerSocket(0)) {
      port = probe.getLocalPort();
    }
    Files.writeString(home.resolve("kubectl"), KUBECTL);
    Files.setPosixFilePermissions(
        home.resolve("kubectl"), PosixFilePermissions.fromString("rwxr-xr-x"));
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
  void usersAndTokenAreThereAfterIt() throws Exception {
    run(block("create secret generic serve "));
    assertThat(secret("serve", "api-keys")).matches("first [0-9a-f]{64}\n");
    for (var program : List.of("serve.yaml", "server.yaml", "train.yaml")) {
      assertThat(demanded(program)).isNotEmpty().allSatisfy(file -> assertThat(file).exists());
    }
    startServer();
    run("cd ~/mlops-secrets\n" + block("users/create"));
    for (var program : Map.of("serve", "serving", "train", "trainer").entrySet()) {
      var login = program.getValue() + ":" + secret(program.getKey(), "tracking-password");
      var basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
      assertThat(status("/api/2.0/mlflow/registered-models/search", "Basic " + basic))
          .isEqualTo(200);
    }
    run("cd ~/mlops-secrets\n" + block("tokens create"));
    assertThat(status("/metrics", "Bearer ")).isEqualTo(401);
    assertThat(status("/metrics", "Bearer " + secret("server-metrics", "token"))).isEqualTo(200);
  }

  @Test
  void theCloneIsMadeOnceAndFollowsItsBranch() throws Exception {
    run("git init -q -b main code.git && cd code.git && echo 1 > dvc.lock && " + COMMIT);
    followBranch();
    assertThat(home.resolve("code/dvc.lock")).hasContent("1");
    Files.writeString(home.resolve("code/dvc.lock"), "trained");
    Files.writeString(home.resolve("code/cache"), "kept");
    run("cd code.git && echo 2 > dvc.lock && " + COMMIT);
    followBranch();
    assertThat(home.resolve("code/dvc.lock")).hasContent("2");
    assertThat(home.resolve("code/cache")).hasContent("kept");
  }

  private void followBranch() throws Exception {
    var command =
        read("train.yaml").stream()
            .map(object -> object.at("/spec/jobTemplate/spec/template/spec/initContainers/0"))
            .filter(JsonNode::isObject)
            .findFirst()
            .orElseThrow()
            .path("command");
    var words = command.valueStream().map(JsonNode::asText).toList();
    var process = process(words);
    process.environment().put("REPOSITORY", home.resolve("code.git").toString());
    var running = process.start();
    var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(running.waitFor()).as(said).isZero();
  }

  /// The files that a program of this manifest wants of its Secrets.
  private List<Path> demanded(String manifest) throws IOException {
    var files = new ArrayList<Path>();
    for (var object : read(manifest)) {
      for (var volume : object.findValues("secret")) {
        var folder = home.resolve("secrets").resolve(volume.path("secretName").asText());
        volume.path("items").forEach(item -> files.add(folder.resolve(item.path("key").asText())));
      }
      for (var key : object.findValues("secretKeyRef")) {
        var folder = home.resolve("secrets").resolve(key.path("name").asText());
        files.add(folder.resolve(key.path("key").asText()));
      }
    }
    return files;
  }

  private static List<JsonNode> read(String manifest) throws IOException {
    var loader = new Load(LoadSettings.builder().setLabel(manifest).build());
    var documents = new ArrayList<JsonNode>();
    for (var document : loader.loadAllFromString(Files.readString(BASE.resolve(manifest)))) {
      documents.add(new ObjectMapper().valueToTree(document));
    }
    return documents;
  }

  /// As the manifest starts it, with a gateway's name; it listens at 127.0.0.1 and at a free port.
  private void startServer() throws Exception {
    var container =
        read("server.yaml").stream()
            .map(object -> object.at("/spec/template/spec/containers/0"))
            .filter(JsonNode::isObject)
            .findFirst()
            .orElseThrow();
    var command = new ArrayList<>(List.of(MLOPS.toString()));
    for (var argument : container.path("args")) {
      command.add(
          here(argument.asText())
              .replace("0.0.0.0", "127.0.0.1")
              .replace("--port=5000", "--port=" + port)
              .replace("/tmp/metrics", home.resolve("metrics").toString())
              .replace("$(MLOPS_HOSTS)", "mlops.example.org"));
    }
    started.add(process(command).redirectOutput(home.resolve("log").toFile()).start());
    while (true) {
      assertThat(started).allMatch(Process::isAlive);
      try {
        if (status("/health", "") == 200) {
          return;
        }
      } catch (IOException _) {
        // not listening yet
      }
      Thread.sleep(100);
    }
  }

  private static String block(String command) throws IOException {
    return BLOCK
        .matcher(Files.readString(GUIDE))
        .results()
        .map((MatchResult match) -> match.group(1))
        .filter(text -> text.contains(command))
        .findFirst()
        .orElseThrow();
  }

  private void run(String commands) throws Exception {
    var script = List.of("bash", "-euo", "pipefail", "-c", here(commands));
    var running = process(script).start();
    var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(running.waitFor()).as(said).isZero();
  }

  private String here(String text) {
    return text.replace("localhost:5000", "localhost:" + port)
        .replace("postgresql://mlflow:PASSWORD@DATABASE", "sqlite:///" + home);
  }

  private ProcessBuilder process(List<String> command) {
    var builder = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
    var env = builder.environment();
    var before = new HashMap<>(env);
    env.clear();
    for (var kept : List.of("JAVA_HOME", "TMPDIR")) {
      Stream.ofNullable(before.get(kept)).forEach(value -> env.put(kept, value));
    }
    env.put("PATH", home + ":" + before.get("PATH"));
    env.put("HOME", home.toString());
    env.put("MLOPS", MLOPS.toString());
    env.put("MLFLOW_BACKEND_STORE_URI_FILE", home.resolve("secrets/server/database-uri") + "");
    env.put("MLFLOW_AUTH_CONFIG_PATH", home.resolve("secrets/server/auth.ini").toString());
    env.put("MLFLOW_ARTIFACTS_DESTINATION", home.resolve("artifacts").toString());
    env.put("MLOPS_AUDIT_LOG", "-");
    return builder;
  }

  private String secret(String name, String key) throws IOException {
    return Files.readString(home.resolve("secrets").resolve(name).resolve(key));
  }

  /// As somebody who forwarded the port.
  private int status(String path, String authorization) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return CLIENT.send(request.build(), BodyHandlers.discarding()).statusCode();
  }
}
