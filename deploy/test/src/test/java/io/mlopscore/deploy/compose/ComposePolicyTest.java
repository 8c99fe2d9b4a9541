package io.mlopscore.deploy.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A service of the composition can do what it must and no more, and says when it is ill.
final class ComposePolicyTest {
  private static final Path FOLDER = Path.of("../compose");
  private static final Pattern SECRET = Pattern.compile("PASSWORD|TOKEN|STORE_URI|API_KEY|REDIS");
  private static final Pattern SIZE = Pattern.compile(".*:size=(\\d+[mg]).*");
  private static final Pattern FILE = Pattern.compile("_file: (\\S+)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)");

  private static JsonNode composition() throws IOException {
    return Composition.read(FOLDER, Map.of()).content();
  }

  static List<Map.Entry<String, JsonNode>> services() throws IOException {
    return List.copyOf(composition().path("services").properties());
  }

  /// Merge keys (`<<`) are no part of YAML 1.2, so what they bring is looked up here.
  private static JsonNode value(Map.Entry<String, JsonNode> service, String key) {
    var own = service.getValue().path(key);
    return own.isMissingNode() ? service.getValue().path("<<").path(key) : own;
  }

  @ParameterizedTest
  @MethodSource("services")
  void nothingCanBeWrittenOrGainedThatIsNotNamed(Map.Entry<String, JsonNode> service) {
    assertThat(value(service, "read_only").asBoolean()).isTrue();
    assertThat(value(service, "cap_drop").toString()).isEqualTo("[\"ALL\"]");
    assertThat(value(service, "security_opt").toString()).contains("no-new-privileges:true");
    assertThat(value(service, "privileged").isMissingNode()).isTrue();
    assertThat(value(service, "user").asText("65532")).doesNotStartWith("0").doesNotContain("root");
  }

  @ParameterizedTest
  @MethodSource("services")
  void memoryAndProcessesAreBoundedAndItComesBack(Map.Entry<String, JsonNode> service) {
    assertThat(value(service, "mem_limit").asText()).isNotEmpty();
    assertThat(value(service, "pids_limit").asInt()).isPositive();
    assertThat(value(service, "restart").asText()).isEqualTo("unless-stopped");
  }

  /// What is written to them counts as memory of the container, which would be killed for it.
  @ParameterizedTest
  @MethodSource("services")
  void foldersInMemoryAreSmallBesideTheMemory(Map.Entry<String, JsonNode> service) {
    long folders =
        value(service, "tmpfs")
            .valueStream()
            .mapToLong(folder -> bytes(SIZE.matcher(folder.asText()).replaceAll("$1")))
            .sum();
    var shared = value(service, "shm_size").asText("0m");
    assertThat(2 * (folders + bytes(shared)))
        .isLessThanOrEqualTo(bytes(value(service, "mem_limit").asText()));
  }

  private static long bytes(String size) {
    var number = Long.parseLong(size.substring(0, size.length() - 1));
    return switch (size.charAt(size.length() - 1)) {
      case 'm' -> number << 20;
      case 'g' -> number << 30;
      default -> throw new IllegalArgumentException(size);
    };
  }

  /// Only what a secret of the service is can be read there.
  @Test
  void whoIsToldOfAlertsIsReadFromSecretsOfTheAlertmanager() throws IOException {
    var files = FILE.matcher(Files.readString(Path.of("../alertmanager/alertmanager.yml")));
    assertThat(files.results().map(match -> match.group(1)))
        .isNotEmpty()
        .allSatisfy(
            file ->
                assertThat(composition().at("/services/alertmanager/secrets"))
                    .extracting(secret -> "/run/secrets/" + secret.asText())
                    .contains(file));
  }

  @ParameterizedTest
  @MethodSource("services")
  void illnessIsNoticedWithoutAShell(Map.Entry<String, JsonNode> service) {
    var test = value(service, "healthcheck").path("test");
    assertThat(test.path(0).asText("CMD")).isEqualTo("CMD");
    assertThat(test.isMissingNode())
        .as("the image's own check")
        .isEqualTo(service.getKey().equals("serve"));
  }

  @ParameterizedTest
  @MethodSource("services")
  void otherPeoplesImagesNameTheirVersion(Map.Entry<String, JsonNode> service) {
    assertThat(value(service, "image").asText())
        .matches("\\$\\{MLOPS_IMAGE:-mlops}|[a-z./-]+:v?\\d+\\.\\d+(\\.\\d+)?(-alpine)?");
  }

  @ParameterizedTest
  @MethodSource("services")
  void portsAreOpenOnThisHostAlone(Map.Entry<String, JsonNode> service) {
    assertThat(value(service, "ports")).allMatch(port -> port.asText().startsWith("127.0.0.1:"));
  }

  @Test
  void theDatabaseIsReachedByTheTrackingServerAlone() throws IOException {
    var composition = composition();
    assertThat(composition.at("/networks/back/internal").asBoolean()).isTrue();
    assertThat(services())
        .filteredOn(service -> value(service, "networks").toString().contains("back"))
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("server", "postgres");
    assertThat(composition.at("/services/postgres/ports").isMissingNode()).isTrue();
  }

  /// An engine shows the environment of a container to whoever may ask it.
  @ParameterizedTest
  @MethodSource("services")
  void secretsAreFilesAndNoVariables(Map.Entry<String, JsonNode> service) {
    assertThat(value(service, "environment").properties())
        .filteredOn(variable -> SECRET.matcher(variable.getKey()).find())
        .allSatisfy(
            variable -> {
              assertThat(variable.getKey()).endsWith("_FILE");
              assertThat(variable.getValue().asText()).startsWith("/run/secrets/");
            });
  }

  @Test
  void redisIsReachedByThePredictionApiAloneAndAsksForAPassword() throws IOException {
    var composition = composition();
    assertThat(composition.at("/networks/limits/internal").asBoolean()).isTrue();
    assertThat(services())
        .filteredOn(service -> value(service, "networks").toString().contains("limits"))
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("serve", "redis");
    assertThat(composition.at("/services/redis/ports").isMissingNode()).isTrue();
    assertThat(composition.at("/services/redis/command").toString()).contains("redis.conf");
  }

  @Test
  void secretsAreNeverInTheFilesThatGitKeeps() throws IOException {
    assertThat(Files.readString(FOLDER.resolve(".env.example"))).doesNotContain("PASSWORD");
    var named = Composition.variables(FOLDER.resolve(".env.example")).keySet();
    var used = VARIABLE.matcher(Files.readString(FOLDER.resolve("compose.yaml")));
    assertThat(used.results().map(match -> match.group(1)).distinct()).isSubsetOf(named);
    assertThat(Files.readString(Path.of("../../.gitignore")))
        .contains("deploy/compose/.env\n")
        .contains("deploy/compose/secrets/\n");
  }
}
