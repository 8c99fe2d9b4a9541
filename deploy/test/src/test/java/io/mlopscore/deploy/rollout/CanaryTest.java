package io.mlopscore.deploy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A new image gets its traffic step by step, or none.
@NullUnmarked
final class CanaryTest {
  private static final String OLD = "registry/mlops@sha256:" + "a".repeat(64);
  private static final String NEW = "registry/mlops@sha256:" + "b".repeat(64);
  private static final Map<String, String> FAST = Map.of("WAIT", "0");

  @TempDir private Path folder;
  private Scripts scripts;

  @BeforeEach
  void environmentWithAnImage() throws Exception {
    scripts = new Scripts(folder);
    scripts.terraform();
    scripts.command("check", "echo \"$REVISION $SHARE\" >> \"$HERE/checks\"\n");
    assertThat(canary(OLD).code()).isZero();
    Files.delete(folder.resolve("shares"));
    Files.delete(folder.resolve("checks"));
  }

  private Scripts.Outcome canary(String image) throws Exception {
    return scripts.run(FAST, "rollout/canary", "environment", image, "check");
  }

  private void checkFailsAt(int share) throws IOException {
    scripts.command(
        "check",
        "echo \"$REVISION $SHARE\" >> \"$HERE/checks\"\n[ \"$SHARE\" != " + share + " ]\n");
  }

  @Test
  void sharesGrowAndEachStepIsChecked() throws Exception {
    var outcome = canary(NEW);
    assertThat(outcome.code()).as(outcome.said()).isZero();
    assertThat(scripts.lines("shares"))
        .containsExactly("api-2 0", "api-2 10", "api-2 50", "api-2 100");
    assertThat(scripts.lines("checks")).containsExactly("api-2 10", "api-2 50", "api-2 100");
    assertThat(scripts.lines("terraform.log"))
        .anyMatch(line -> line.contains("{stable_revision=\"api-1\",canary_percent=10}"));
  }

  @Test
  void failedCheckRollsBackToTheImageBefore() throws Exception {
    checkFailsAt(50);
    var outcome = canary(NEW);
    assertThat(outcome.code()).as(outcome.said()).isEqualTo(1);
    assertThat(scripts.lines("shares"))
        .containsExactly("api-2 0", "api-2 10", "api-2 50", "api-2 0", "api-3 100");
    assertThat(scripts.lines("image")).containsExactly(OLD);
  }

  @Test
  void failedApplyRollsBack() throws Exception {
    Files.writeString(folder.resolve("fails"), "canary_percent=10\n");
    assertThat(canary(NEW).code()).isEqualTo(1);
    assertThat(scripts.lines("image")).containsExactly(OLD);
    assertThat(folder.resolve("checks")).doesNotExist();
  }

  @Test
  void rollBackThatFailsIsToldApart() throws Exception {
    checkFailsAt(10);
    Files.writeString(folder.resolve("fails"), "image=" + OLD + "\n");
    var outcome = canary(NEW);
    assertThat(outcome.code()).isEqualTo(4);
    assertThat(outcome.said()).contains("give all traffic to api-1 by hand");
  }

  @Test
  void sameImageChangesNothing() throws Exception {
    assertThat(canary(OLD).said()).contains("runs there already");
    assertThat(folder.resolve("shares")).doesNotExist();
  }

  @Test
  void wrongUsageChangesNothing() throws Exception {
    assertThat(canary("registry/mlops:latest").code()).isEqualTo(2);
    var steps = Map.of("STEPS", "10 50");
    assertThat(scripts.run(steps, "rollout/canary", "environment", NEW, "check").said())
        .contains("STEPS must end with 100");
    assertThat(scripts.run(FAST, "rollout/canary").said()).contains("deploy/rollout/canary FOLDER");
    assertThat(folder.resolve("shares")).doesNotExist();
  }
}
