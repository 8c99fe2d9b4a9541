package io.mlopscore.deploy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a step of the rollout asks, which images are let in, and what is kept of a plan.
@NullUnmarked
final class RolloutScriptsTest {
  private static final String IMAGE = "ghcr.io/acme/mlops@sha256:" + "b".repeat(64);

  @TempDir private Path folder;
  private Scripts scripts;

  @BeforeEach
  void commands() throws IOException {
    scripts = new Scripts(folder);
    scripts.command("gcloud", "echo the-token\n");
    scripts.command(
        "mlops",
        """
        printf '%s\\n' "$*" >> "$HERE/mlops.log"
        [[ "$1" != monitor || "$PROMETHEUS_TOKEN" = the-token ]]
        """);
    scripts.command(
        "cosign", "printf '%s\\n' \"$*\" >> \"$HERE/cosign.log\"; [ ! -e \"$HERE/forged\" ]\n");
    scripts.command("skopeo", "printf '%s\\n' \"$*\" >> \"$HERE/skopeo.log\"\n");
  }

  private Scripts.Outcome check(String share, Map<String, String> more) throws Exception {
    var environment = new HashMap<>(more);
    environment.putAll(
        Map.of("PROJECT", "acme", "API_URL", "https://api", "REVISION", "api-2", "SHARE", share));
    return scripts.run(environment, "rollout/check");
  }

  @Test
  void shareOfTheTrafficIsJudgedByTheObjectives() throws Exception {
    assertThat(check("10", Map.of()).code()).isZero();
    assertThat(scripts.lines("mlops.log"))
        .singleElement()
        .asString()
        .contains("monitor slo-check --series cloud-run --slo deploy/slo.yaml")
        .contains("/v1/projects/acme/location/global/prometheus")
        .contains("--where revision_name=\"api-2\" --window 10m --min-requests 100")
        .doesNotContain("the-token");
  }

  @Test
  void allOfTheTrafficIsAskedForItsPredictions() throws Exception {
    var golden = Files.writeString(folder.resolve("golden.json"), "{}").toString();
    check("100", Map.of("MIN_REQUESTS", "0", "GOLDEN", golden));
    check("100", Map.of("MIN_REQUESTS", "0", "GOLDEN", golden + ".none"));
    assertThat(scripts.lines("mlops.log"))
        .containsExactly("smoke https://api --golden " + golden, "smoke https://api");
  }

  @Test
  void brokenObjectiveFailsTheStep() throws Exception {
    scripts.command("mlops", "exit 3\n");
    assertThat(check("50", Map.of()).code()).isEqualTo(3);
  }

  @Test
  void onlyImagesOfThisRepositoryAreCopied() throws Exception {
    var repository = Map.of("REPOSITORY", "acme/ml.ops");
    var outcome = scripts.run(repository, "rollout/copy-image", IMAGE, "pkg.dev/acme/mlops/mlops");
    assertThat(outcome.said())
        .isEqualTo("pkg.dev/acme/mlops/mlops@sha256:" + "b".repeat(64) + "\n");
    assertThat(scripts.lines("cosign.log"))
        .containsExactly(
            "verify "
                + IMAGE
                + " --certificate-oidc-issuer https://token.actions.githubusercontent.com"
                + " --certificate-identity-regexp"
                + " ^https://github\\.com/acme/ml\\.ops/\\.github/workflows/image\\.yml@"
                + " --certificate-github-workflow-repository acme/ml.ops");
    assertThat(scripts.lines("skopeo.log").getFirst())
        .contains("--preserve-digests docker://" + IMAGE, ":" + "b".repeat(64));

    Files.writeString(folder.resolve("forged"), "");
    assertThat(scripts.run(repository, "rollout/copy-image", IMAGE, "x").code()).isNotZero();
    assertThat(scripts.run(repository, "rollout/copy-image", "a:latest", "x").code()).isEqualTo(2);
    assertThat(scripts.lines("skopeo.log")).hasSize(1);
  }

  @Test
  void planIsKeptAsItWasShown() throws Exception {
    var plans = folder.resolve("deploy/terraform");
    Files.createDirectories(plans.resolve("environments/staging"));
    for (var script : List.of("plan", "running")) {
      Files.copy(Path.of("../terraform", script), plans.resolve(script));
    }
    scripts.terraform();
    // Of a rollout that goes on: the plan is what would change beside it.
    Files.writeString(folder.resolve("image"), IMAGE);
    Files.writeString(folder.resolve("tracking"), "before");
    Files.writeString(folder.resolve("traffic"), "{\"stable_revision\": \"api-1\"}");
    Files.writeString(folder.resolve("revision"), "api-2");
    Files.writeString(folder.resolve("plan-exit"), "2");
    var environment = Map.of("STATE_BUCKET", "states", "VARIABLES", "{\"project_id\": \"acme\"}");

    var outcome = scripts.run(environment, plans.resolve("plan").toString(), "staging", "out");

    assertThat(outcome.code()).as(outcome.said()).isEqualTo(2);
    assertThat(folder.resolve("out/comment.md"))
        .content()
        .contains("<!-- terraform plan of staging -->", "Plan: 1 to add");
    assertThat(plans.resolve("environments/staging/github.auto.tfvars.json"))
        .hasContent("{\"project_id\": \"acme\"}");
    assertThat(scripts.lines("terraform.log")).anyMatch(line -> line.contains("-out=" + folder));
    assertThat(scripts.lines("variables"))
        .containsExactly(
            "{\"image\": \""
                + IMAGE
                + "\", \"tracking_image\": \"before\","
                + " \"traffic\": {\"stable_revision\": \"api-1\"}}");

    Files.writeString(folder.resolve("plan-exit"), "1");
    assertThat(scripts.run(environment, plans.resolve("plan").toString(), "staging", "out").said())
        .contains("The plan of staging failed.");
  }

  @Test
  void keysGoIntoTheImageByTheEnvironment() throws Exception {
    scripts.command("docker", "printf '%s\\n' \"$*\" > \"$HERE/docker.log\"\n");
    var environment = Map.of("IMAGE", IMAGE, "API_KEY", "a-key");
    assertThat(scripts.run(environment, "rollout/mlops", "smoke", "https://api").code()).isZero();
    assertThat(scripts.lines("docker.log"))
        .singleElement()
        .asString()
        .contains("--read-only", "--cap-drop ALL", "--env API_KEY --env PROMETHEUS_TOKEN")
        .endsWith(IMAGE + " smoke https://api")
        .doesNotContain("a-key");
  }
}
