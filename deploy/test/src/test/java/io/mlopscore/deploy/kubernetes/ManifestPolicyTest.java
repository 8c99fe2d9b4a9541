package io.mlopscore.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What scanners of manifests look for, and what a service must have to survive a day on a cluster.
final class ManifestPolicyTest {
  private static final Path FOLDER = Path.of("../kubernetes");
  private static final Pattern SECRET = Pattern.compile("PASSWORD|TOKEN|STORE_URI|API_KEY|REDIS");
  private static final ObjectMapper JSON = new ObjectMapper();

  /// An object of a manifest; its name stands in the reports.
  private record Manifest(Path file, JsonNode content) {
    String kind() {
      return content.path("kind").asText();
    }

    JsonNode pod() {
      return switch (kind()) {
        case "Deployment" -> content.at("/spec/template/spec");
        case "CronJob" -> content.at("/spec/jobTemplate/spec/template/spec");
        case "InferenceService" -> content.at("/spec/predictor");
        default -> content.path("no pod");
      };
    }

    @Override
    public String toString() {
      return kind() + " " + content.at("/metadata/name").asText();
    }
  }

  private static List<Manifest> manifests() throws IOException {
    try (var files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .flatMap(ManifestPolicyTest::read)
          .toList();
    }
  }

  private static Stream<Manifest> read(Path file) {
    try {
      var found = new ArrayList<Manifest>();
      var loader = new Load(LoadSettings.builder().setLabel(file.toString()).build());
      for (var document : loader.loadAllFromString(Files.readString(file))) {
        found.add(new Manifest(file, JSON.valueToTree(document)));
      }
      return found.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Manifest> withPods() throws IOException {
    return manifests().stream().filter(manifest -> !manifest.pod().isMissingNode()).toList();
  }

  @Test
  void everyProgramWasLookedAt() throws IOException {
    assertThat(withPods())
        .extracting(Manifest::toString)
        .containsExactlyInAnyOrder(
            "Deployment serve", "Deployment server", "CronJob train", "InferenceService iris");
  }

  @ParameterizedTest
  @MethodSource("withPods")
  void nobodyIsRootAndNothingIsTheHosts(Manifest manifest) {
    var pod = manifest.pod();
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/runAsUser").asInt()).isGreaterThanOrEqualTo(10_000);
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(pod.path("serviceAccountName").asText()).isNotEmpty().isNotEqualTo("default");
    assertThat(pod.toString())
        .doesNotContain("hostPath", "hostNetwork", "hostPID", "hostIPC", "privileged");
  }

  /// Those that come first, too.
  private static List<JsonNode> containers(Manifest manifest) {
    return Stream.of("initContainers", "containers")
        .flatMap(kind -> manifest.pod().path(kind).valueStream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("withPods")
  void containersCanWriteOnlyToTheirVolumes(Manifest manifest) {
    assertThat(containers(manifest))
        .isNotEmpty()
        .allSatisfy(
            container -> {
              var security = container.path("securityContext");
              assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
              assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
              assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
              assertThat(security.at("/capabilities/add").isMissingNode()).isTrue();
            });
  }

  /// What is asked for is what there is, so that nobody is killed for what others use.
  @ParameterizedTest
  @MethodSource("withPods")
  void memoryIsLimitedAndAskedForInFull(Manifest manifest) {
    assertThat(containers(manifest))
        .allSatisfy(
            container -> {
              var resources = container.path("resources");
              assertThat(resources.at("/requests/cpu").asText()).isNotEmpty();
              assertThat(resources.at("/limits/memory").asText())
                  .isNotEmpty()
                  .isEqualTo(resources.at("/requests/memory").asText());
            });
    assertThat(manifest.pod().path("volumes"))
        .allSatisfy(
            volume ->
                assertThat(volume.has("emptyDir") && !volume.at("/emptyDir/sizeLimit").isTextual())
                    .as("a volume without a limit fills the node: " + volume)
                    .isFalse());
  }

  @ParameterizedTest
  @MethodSource("withPods")
  void serversTellWhetherTheyAreAliveAndReady(Manifest manifest) {
    if (manifest.kind().equals("CronJob")) {
      assertThat(manifest.content().at("/spec/jobTemplate/spec/activeDeadlineSeconds").asInt())
          .isPositive();
      return;
    }
    var container = manifest.pod().at("/containers/0");
    // One that asked a database would start all servers again while the database is away.
    assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
    assertThat(container.at("/readinessProbe/httpGet/path").asText()).startsWith("/health");
  }

  @ParameterizedTest
  @MethodSource("withPods")
  void secretsAreFilesAndNoVariables(Manifest manifest) {
    assertThat(manifest.pod().at("/containers/0/env"))
        .filteredOn(variable -> SECRET.matcher(variable.path("name").asText()).find())
        .isNotEmpty()
        .allSatisfy(
            variable -> {
              assertThat(variable.path("name").asText()).endsWith("_FILE");
              var file = variable.path("value").asText();
              assertThat(file).startsWith("/secrets/");
              assertThat(manifest.pod().path("volumes").findValuesAsText("path"))
                  .contains(file.substring("/secrets/".length()));
            });
    // A file that is mounted by a path of its own never changes.
    assertThat(manifest.pod().toString()).doesNotContain("subPath");
  }

  /// Sessions of browsers and pages that wait for news are in the memory of one process.
  @Test
  void theTrackingServerIsOneProcess() throws IOException {
    assertThat(withPods())
        .filteredOn(manifest -> manifest.toString().equals("Deployment server"))
        .allSatisfy(
            server -> assertThat(server.content().at("/spec/replicas").asInt()).isEqualTo(1));
    assertThat(manifests())
        .filteredOn(manifest -> manifest.kind().equals("HorizontalPodAutoscaler"))
        .allSatisfy(
            scaler ->
                assertThat(scaler.content().at("/spec/scaleTargetRef/name").asText())
                    .isEqualTo("serve"));
  }

  @Test
  void imagesAreNamedByDigest() throws IOException {
    for (var manifest : withPods()) {
      var image = manifest.pod().at("/containers/0/image").asText();
      assertThat(image).as(manifest.toString()).matches("mlops-(core|jobs)|.+@sha256:[0-9a-f]{64}");
    }
    var overlays = manifests().stream().filter(each -> each.file().toString().contains("overlays"));
    assertThat(overlays.filter(each -> each.kind().equals("Kustomization")))
        .hasSize(2)
        .allSatisfy(
            overlay -> {
              var images = overlay.content().path("images");
              assertThat(images)
                  .extracting(image -> image.path("name").asText())
                  .containsExactly("mlops-core", "mlops-jobs");
              assertThat(images)
                  .allMatch(image -> image.path("digest").asText().matches("sha256:[0-9a-f]{64}"))
                  .noneMatch(image -> image.has("newTag"));
            });
  }

  /// A pipeline's commands are run by a shell, which the image of the services has not.
  @Test
  void trainingHasTheImageWithAShell() throws IOException {
    assertThat(withPods())
        .filteredOn(manifest -> manifest.kind().equals("CronJob"))
        .extracting(manifest -> manifest.pod().at("/containers/0/image").asText())
        .containsExactly("mlops-jobs");
  }

  /// Else a weekly training would learn from the rows of its first week for ever.
  @Test
  void trainingGetsNewDataOfImportsBeforeItsStagesRun() throws IOException {
    assertThat(withPods())
        .filteredOn(manifest -> manifest.kind().equals("CronJob"))
        .extracting(manifest -> manifest.pod().at("/containers/0/command/2").asText())
        .singleElement()
        .asString()
        .containsSubsequence("mlops update --recursive .\n", "mlops repro --pull\n", "models gate");
  }

  @Test
  void eachServerMayBeEvictedOnlyOneByOne() throws IOException {
    assertThat(names("PodDisruptionBudget"))
        .containsExactlyInAnyOrderElementsOf(names("Deployment"));
  }

  @Test
  void nobodyTalksToAnybodyUnlessItIsNamed() throws IOException {
    var closed =
        manifests().stream()
            .filter(each -> each.kind().equals("NetworkPolicy"))
            .map(Manifest::content)
            .filter(policy -> policy.at("/spec/podSelector").isEmpty())
            .filter(policy -> policy.at("/spec/policyTypes").size() == 2)
            .filter(policy -> !policy.at("/spec").has("ingress"));
    assertThat(closed).hasSize(1);
    assertThat(names("NetworkPolicy")).contains("serve", "server", "train");
  }

  /// A cache on the node, which is no pod, or the metadata server of GKE may answer.
  @Test
  void namesAreAskedWhereverAClusterHasThem() throws IOException {
    assertThat(blocks("names", 53)).contains("169.254.20.10/32", "169.254.169.254/32");
  }

  /// Elsewhere those addresses give a pod the identity of its node.
  @Test
  void credentialsOfTheCloudAreAskedOnlyWithTheComponentForIt() throws IOException {
    assertThat(blocks("identity", 80))
        .containsExactlyInAnyOrder("169.254.169.254/32", "169.254.170.23/32", "fd00:ec2::23/128");
    assertThat(blocks("identity", 988)).containsExactly("169.254.169.252/32");
    assertThat(policies().filter(each -> each.toString().endsWith(" identity")))
        .hasSize(2)
        .allMatch(each -> each.file().toString().contains("components/identity-"));
    assertThat(blocks("server", 80)).isEmpty();
  }

  @Test
  void whoForwardsThePortIsLetInAndAnOverlayNamesTheRest() throws IOException {
    assertThat(withPods())
        .filteredOn(manifest -> manifest.toString().equals("Deployment server"))
        .extracting(manifest -> manifest.pod().at("/containers/0").toString())
        .allMatch(server -> server.contains("localhost:5000,") && server.contains("$(MLOPS_HOSTS)"))
        .hasSize(1);
    assertThat(manifests())
        .filteredOn(manifest -> manifest.content().has("configMapGenerator"))
        .filteredOn(manifest -> manifest.content().toString().contains("\"server\""))
        .allMatch(manifest -> manifest.content().toString().contains("MLOPS_HOSTS="))
        .hasSize(3);
  }

  /// The namespace is closed to its pods, too.
  @Test
  void theInferenceServiceIsReachedAndReachesTheTrackingServer() throws IOException {
    var pods = "{\"serving.kserve.io/inferenceservice\":\"iris\"}";
    assertThat(policies())
        .filteredOn(
            policy -> policy.content().at("/spec/podSelector/matchLabels").toString().equals(pods))
        .singleElement()
        .satisfies(
            policy ->
                assertThat(policy.content().at("/spec/policyTypes"))
                    .extracting(JsonNode::asText)
                    .containsExactly("Ingress", "Egress"));
    assertThat(policies())
        .filteredOn(policy -> policy.content().at("/spec/ingress").toString().contains(pods))
        .extracting(
            policy ->
                policy.content().at("/spec/podSelector/matchLabels").iterator().next().asText())
        .containsExactly("server");
  }

  private static Stream<Manifest> policies() throws IOException {
    return manifests().stream().filter(each -> each.kind().equals("NetworkPolicy"));
  }

  /// The addresses that policies of this name open at a port.
  private static List<String> blocks(String policy, int port) throws IOException {
    return policies()
        .filter(each -> each.toString().endsWith(" " + policy))
        .flatMap(each -> each.content().at("/spec/egress").valueStream())
        .filter(rule -> rule.path("ports").findValuesAsText("port").contains("" + port))
        .flatMap(rule -> rule.path("to").findValuesAsText("cidr").stream())
        .toList();
  }

  @Test
  void namespacesEnforceTheRestrictedStandard() throws IOException {
    assertThat(manifests().stream().filter(each -> each.kind().equals("Namespace")))
        .hasSize(2)
        .allSatisfy(
            namespace ->
                assertThat(
                        namespace
                            .content()
                            .at("/metadata/labels")
                            .path("pod-security.kubernetes.io/enforce")
                            .asText())
                    .isEqualTo("restricted"));
  }

  private static List<String> names(String kind) throws IOException {
    return manifests().stream()
        .filter(each -> each.kind().equals(kind))
        .map(each -> each.content().at("/metadata/name").asText())
        .toList();
  }
}
