package io.mlopscore.deploy.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// A workflow may do little, runs only code that was looked at, and ends.
final class WorkflowPolicyTest {
  private static final Path FOLDER = Path.of("../../.github/workflows");

  /// Those of a new project keep the same rules.
  private static final Path TEMPLATES =
      Path.of("../../app/src/main/resources/io/mlopscore/app/init/tabular/github/workflows");

  private static final Pattern SECRET = Pattern.compile("secrets\\.(\\w+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Path> workflows() throws IOException {
    var found = new ArrayList<Path>();
    for (var folder : List.of(FOLDER, TEMPLATES)) {
      try (var files = Files.list(folder)) {
        found.addAll(files.sorted().toList());
      }
    }
    assertThat(found).hasSizeGreaterThan(1);
    return found;
  }

  private static JsonNode read(Path file) throws IOException {
    var loader = new Load(LoadSettings.builder().setLabel(file.toString()).build());
    return JSON.valueToTree(loader.loadFromString(Files.readString(file)));
  }

  private static List<JsonNode> steps(JsonNode workflow) {
    var steps = new ArrayList<JsonNode>();
    workflow.path("jobs").forEach(job -> job.path("steps").forEach(steps::add));
    return steps;
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void actionsArePinnedByCommitAndNameTheirVersion(Path file) throws IOException {
    assertThat(Files.readAllLines(file))
        .filteredOn(line -> line.contains("uses:") && !line.contains("uses: ./"))
        .allMatch(line -> line.matches(".*uses: [\\w.-]+(/[\\w.-]+)+@[0-9a-f]{40} # v[0-9.]+"));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void nothingIsAllowedButWhatAJobNames(Path file) throws IOException {
    var workflow = read(file);
    assertThat(workflow.path("permissions").isObject()).isTrue();
    assertThat(workflow.path("permissions")).isEmpty();
    assertThat(workflow.path("jobs")).allMatch(job -> job.path("permissions").isObject());
    assertThat(workflow.path("on").has("pull_request_target")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void jobsEndAndDoNotPileUp(Path file) throws IOException {
    var workflow = read(file);
    assertThat(workflow.path("jobs"))
        .allMatch(job -> isCall(job) || job.path("timeout-minutes").asInt() > 0);
    if (group(workflow).isEmpty()) {
      assertThat(workflow.path("jobs"))
          .allMatch(
              job ->
                  isCall(job) || !group(job).isEmpty() || job.path("timeout-minutes").asInt() <= 5);
    }
  }

  private static String group(JsonNode of) {
    return of.path("concurrency").path("group").asText();
  }

  /// A run or job that waits for its reviewers has its groups already, and all that want them wait,
  /// too.
  @ParameterizedTest
  @MethodSource("workflows")
  void nothingIsHeldWhileReviewersAreAsked(Path file) throws IOException {
    var workflow = read(file);
    if (asks(file)) {
      var group = group(workflow);
      assertThat(group.isEmpty() || group.contains("'push' && github.run_id")).as(group).isTrue();
    }
    for (var job : workflow.path("jobs")) {
      if (environment(job).endsWith("-approval")) {
        assertThat(group(job)).isEmpty();
        assertThat(job.path("permissions")).isEmpty();
      }
    }
  }

  /// Whether somebody is asked in it, or in what it calls.
  private static boolean asks(Path file) throws IOException {
    for (var job : read(file).path("jobs")) {
      if (environment(job).endsWith("-approval")
          || (isCall(job) && asks(FOLDER.resolve("../..").resolve(job.path("uses").asText())))) {
        return true;
      }
    }
    return false;
  }

  private static String environment(JsonNode job) {
    return job.path("environment").asText();
  }

  /// Whose jobs are those of another file here, which is looked at, too.
  private static boolean isCall(JsonNode job) {
    return job.path("uses").asText().matches("\\./\\.github/workflows/[a-z-]+\\.yml");
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void scriptsGetNeitherSecretsNorTextOfStrangers(Path file) throws IOException {
    assertThat(steps(read(file))).noneMatch(step -> step.path("run").asText().contains("${{"));
  }

  /// GitHub's own way to start bash lets the end of a pipe decide, which is always well for `tee`.
  @ParameterizedTest
  @MethodSource("workflows")
  void whatIsShownMayFail(Path file) throws IOException {
    var workflow = read(file);
    if (steps(workflow).stream().anyMatch(step -> step.path("run").asText().contains("| tee"))) {
      assertThat(workflow.at("/defaults/run/shell").asText()).isEqualTo("bash");
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void checkoutsLeaveNoToken(Path file) throws IOException {
    assertThat(steps(read(file)))
        .filteredOn(step -> step.path("uses").asText().startsWith("actions/checkout@"))
        .allMatch(step -> !step.at("/with/persist-credentials").asBoolean(true));
  }

  /// Clouds are asked with an identity that GitHub signs for; what is left can be replaced at any
  /// time, and ends by itself or is worth little.
  @ParameterizedTest
  @MethodSource("workflows")
  void noKeyOfACloudIsKept(Path file) throws IOException {
    var text = Files.readString(file);
    assertThat(text).doesNotContain("credentials_json", "service_account_key");
    assertThat(SECRET.matcher(text).results().map(found -> found.group(1)))
        .isSubsetOf("GITHUB_TOKEN", "API_KEY", "MLFLOW_TRACKING_TOKEN");
  }

  /// Reviewers of the environment are asked before anything is changed, and one job at a time does.
  @ParameterizedTest
  @MethodSource("workflows")
  void whoChangesACloudIsInAnEnvironment(Path file) throws IOException {
    var jobs = read(file).path("jobs");
    for (var job : jobs) {
      var text = job.toString();
      if (text.contains(".deployer") || text.contains("terraform apply")) {
        assertThat(environment(job)).isEqualTo("${{ inputs.environment }}");
        assertThat(group(job)).isEqualTo("environment-${{ inputs.environment }}");
        assertThat(job.path("needs").toString()).contains("\"approve\"");
        assertThat(environment(jobs.path("approve"))).isEqualTo(environment(job) + "-approval");
      }
    }
  }

  /// A plan that failed is what a pull request most needs to be told of.
  @Test
  void failedPlanIsAComment() throws IOException {
    var jobs = read(FOLDER.resolve("terraform-environment.yml")).path("jobs");
    assertThat(jobs.at("/comment/if").asText()).contains("!cancelled()").doesNotContain("success");
    assertThat(jobs.at("/plan/steps"))
        .filteredOn(step -> step.path("uses").asText().startsWith("actions/upload-artifact@"))
        .singleElement()
        .matches(step -> step.path("if").asText().contains("!cancelled()"));
  }

  /// What was looked at is what is done.
  @Test
  void onlyASavedPlanIsApplied() throws IOException {
    for (var file : workflows()) {
      assertThat(steps(read(file)))
          .extracting(step -> step.path("run").asText())
          .filteredOn(run -> run.contains(" apply "))
          .allMatch(run -> run.contains("/plan/tfplan"));
    }
  }

  /// Images are passed on by digest, never by a name that may mean another one tomorrow.
  @Test
  void deploymentsNameTheImageByDigest() throws IOException {
    var jobs = read(FOLDER.resolve("deploy.yml")).path("jobs");
    for (var name : List.of("staging", "prod")) {
      assertThat(jobs.path(name).at("/with/digest").asText()).contains("image.outputs.digest");
    }
    assertThat(jobs.path("prod").path("needs").toString()).contains("staging");
    // A job that gave way to a newer one in its group was no failure, and tested nothing.
    assertThat(jobs.path("prod").path("if").asText()).contains("staging.result != 'cancelled'");
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void guideTellsOfEach(Path file) throws IOException {
    assertThat(Files.readString(Path.of("../../docs/how-to/ci-cd.md")))
        .contains(String.valueOf(file.getFileName()));
  }
}
