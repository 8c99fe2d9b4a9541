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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A new image gets its traffic step by step, or none.
@NullUnmarked
final class CanaryTest {
  private static final String OLD = "registry/mlops@sha256:" + "a".repeat(64);
  private static final String NEW = "registry/mlops@sha256:" + "b".repeat(64);
  private static final String NEXT = "registry/mlops@sha256:" + "c".repeat(64);
  private static final String CHECK = "echo \"$REVISION $SHARE\" >> \"$HERE/checks\"\n";
  private static final Map<String, String> FAST = Map.of("WAIT", "0");

  @TempDir private Path folder;
  private Scripts scripts;

  @BeforeEach
  void environmentWithAnImage() throws Exception {
    scripts = new Scripts(folder);
    scripts.terraform();
    scripts.command("check", CHECK);
    assertThat(canary(OLD).code()).isZero();
    Files.delete(folder.resolve("shares"));
    Files.delete(folder.resolve("checks"));
  }

  private Scripts.Outcome canary(String image) throws Exception {
    return scripts.run(FAST, "rollout/canary", "environment", image, "check");
  }

  private void checkFailsAt(int share) throws IOException {
    scripts.command("check", CHECK + "[ \"$SHARE\" != " + share + " ]\n");
  }

  /// As a runner that is lost, or a run that is cancelled for good.
  private void killedAt(int share) throws Exception {
    scripts.command("check", "[ \"$SHARE\" != " + share + " ] || kill -KILL $PPID\n");
    assertThat(canary(NEW).code()).isEqualTo(128 + 9);
    assertThat(scripts.lines("image")).containsExactly(NEW);
    Files.delete(folder.resolve("shares"));
    scripts.command("check", CHECK);
  }

  @Test
  void sharesGrowAndEachStepIsCheckedAndTheTrackingServerIsLast() throws Exception {
    var outcome = canary(NEW);
    assertThat(outcome.code()).as(outcome.said()).isZero();
    assertThat(scripts.lines("shares"))
        .containsExactly("api-2 0 a", "api-2 10 a", "api-2 50 a", "api-2 100 a", "api-2 100 b");
    assertThat(scripts.lines("checks")).containsExactly("api-2 10", "api-2 50", "api-2 100");
    assertThat(scripts.lines("terraform.log"))
        .anyMatch(line -> line.contains("{stable_revision=\"api-1\",canary_percent=10}"));
    assertThat(scripts.lines("traffic").getFirst()).contains("null");
  }

  @Test
  void failedCheckRollsBackToTheImageBefore() throws Exception {
    checkFailsAt(50);
    var outcome = canary(NEW);
    assertThat(outcome.code()).as(outcome.said()).isEqualTo(1);
    assertThat(scripts.lines("shares"))
        .containsExactly("api-2 0 a", "api-2 10 a", "api-2 50 a", "api-2 0 a", "api-3 100 a");
    assertThat(scripts.lines("image")).containsExactly(OLD);
  }

  @Test
  void failedApplyRollsBack() throws Exception {
    Files.writeString(folder.resolve("fails"), "canary_percent=10}\n");
    assertThat(canary(NEW).code()).isEqualTo(1);
    assertThat(scripts.lines("image")).containsExactly(OLD);
    assertThat(folder.resolve("checks")).doesNotExist();
  }

  @Test
  void trackingServerThatDoesNotStartRollsBoth() throws Exception {
    Files.writeString(folder.resolve("fails"), "tracking_image=" + NEW + "\n");
    assertThat(canary(NEW).code()).isEqualTo(1);
    assertThat(scripts.lines("shares")).endsWith("api-2 100 a", "api-2 0 a", "api-3 100 a");
  }

  @Test
  void rollBackThatFailsIsToldApart() throws Exception {
    checkFailsAt(10);
    Files.writeString(folder.resolve("fails"), "image=" + OLD + " -var tracking\n");
    var outcome = canary(NEW);
    assertThat(outcome.code()).isEqualTo(4);
    assertThat(outcome.said()).contains("give all traffic to api-1 by hand");
  }

  @Test
  void sameImageChangesNothing() throws Exception {
    assertThat(canary(OLD).said()).contains("runs there already");
    assertThat(folder.resolve("shares")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100})
  void interruptedRolloutIsTakenUpAgain(int share) throws Exception {
    killedAt(share);
    var outcome = canary(NEW);
    assertThat(outcome.code()).as(outcome.said()).isZero();
    assertThat(outcome.said()).contains("was not finished; api-1 has the image before");
    assertThat(scripts.lines("shares"))
        .containsExactly("api-2 0 a", "api-2 10 a", "api-2 50 a", "api-2 100 a", "api-2 100 b");
    assertThat(scripts.lines("checks")).containsExactly("api-2 10", "api-2 50", "api-2 100");
  }

  /// The stable revision is the one that was judged, not the newest.
  @Test
  void anotherImageAfterAnInterruptedRolloutRollsBackToTheLastGoodOne() throws Exception {
    killedAt(10);
    checkFailsAt(10);
    assertThat(canary(NEXT).code()).isEqualTo(1);
    assertThat(scripts.lines("shares"))
        .containsExactly("api-3 0 a", "api-3 10 a", "api-3 0 a", "api-4 100 a");
    assertThat(scripts.lines("terraform.log"))
        .noneMatch(line -> line.contains("stable_revision=\"api-2\""));
    assertThat(scripts.lines("image")).containsExactly(OLD);
  }

  @Test
  void imageBeforeEndsAnInterruptedRollout() throws Exception {
    killedAt(10);
    assertThat(canary(OLD).code()).isZero();
    assertThat(scripts.lines("shares")).containsExactly("api-2 0 a", "api-3 100 a");
    assertThat(folder.resolve("checks")).doesNotExist();
  }

  @Test
  void trafficSharedByHandIsLeftAlone() throws Exception {
    Files.writeString(
        folder.resolve("traffic"), "{\"stable_revision\": \"api-0\", \"canary_percent\": 0}");
    var outcome = canary(NEW);
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.said()).contains("shared by hand");
    assertThat(folder.resolve("shares")).doesNotExist();
  }

  /// What else is on main was not looked at when somebody said yes to an image.
  @ParameterizedTest
  @CsvSource({"2, apply the infrastructure first", "1, there is no plan"})
  void nothingButTheImageIsRolledOut(String plan, String said) throws Exception {
    Files.writeString(folder.resolve("plan-exit"), plan);
    var outcome = canary(NEW);
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.said()).contains(said);
    assertThat(folder.resolve("shares")).doesNotExist();
    assertThat(scripts.lines("terraform.log").getLast())
        .matches(".* plan .*-detailed-exitcode -var-file=.*\\.tfvars\\.json");
  }

  @Test
  void machinesGetTheImageAtOnceAndTheTrackingServerAfterThem() throws Exception {
    Files.writeString(folder.resolve("machines"), "");
    Files.writeString(folder.resolve("revision"), "");
    assertThat(canary(NEW).code()).isZero();
    assertThat(scripts.lines("shares")).containsExactly(" 100 a", " 100 b");
    assertThat(scripts.lines("checks")).containsExactly(" 100");
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
