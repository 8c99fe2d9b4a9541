package io.mlopscore.deploy.workflows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The scripts of the actions that report, with a `gh` and an `mlops` that write down what they are
/// asked.
@DisabledOnOs(OS.WINDOWS)
final class ReportActionTest {
  private static final Path ACTIONS = Path.of("../../.github/actions").toAbsolutePath().normalize();
  private static final String HEAD = "a".repeat(40);
  private static final String MARKER = "<!-- mlops report . -->";

  @TempDir private Path folder;

  @BeforeEach
  void fakes() throws IOException {
    fake(
        "gh",
        """
        case "$*" in
          *'/pulls '*) [[ $* != *'.head.sha == "%2$s"'* ]] || cat %1$s/pulls ;;
          *--paginate*)
            all=$*
            author=${all#*login == \\"} marker=${all#*startswith(\\"}
            awk -F'\\t' -v a="${author%%%%\\"*}" -v m="${marker%%%%\\"*}" '$2 == a && $3 == m { print $1 }' %1$s/comments ;;
        esac
        """
            .formatted(folder, HEAD));
    fake(
        "mlops",
        """
        case $* in
          'cache dir') echo .dvc/cache ;;
          'config core.remote') cat %1$s/remote ;;
          repro*) cp params.yaml metrics.json ;;
          report*) echo the report; exit "$(cat %1$s/verdict)" ;;
        esac
        """
            .formatted(folder));
    write("pulls", "7\n");
    write("comments", "");
    write("report.md", MARKER + "\n## Model\n");
    write("verdict", "0");
    write("remote", "store\n");
  }

  private void fake(String name, String body) throws IOException {
    var file = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(
        file, "#!/bin/bash\necho \"%s $*\" >> %s/calls\n%s".formatted(name, folder, body));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private List<String> calls(String beginning) throws IOException {
    return Files.readAllLines(folder.resolve("calls")).stream()
        .filter(line -> line.startsWith(beginning))
        .toList();
  }

  private String comment() throws Exception {
    return run(
        0,
        folder,
        Map.of(
            "GH_REPO", "o/r",
            "HEAD_OWNER", "fork",
            "HEAD_BRANCH", "topic",
            "HEAD_SHA", HEAD,
            "AUTHOR", "github-actions[bot]"),
        ACTIONS.resolve("report-comment/comment").toString(),
        "report.md");
  }

  private String run(int code, Path directory, Map<String, String> more, String... command)
      throws Exception {
    var builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().merge("PATH", folder.resolve("bin") + ":", (old, added) -> added + old);
    builder.environment().putAll(more);
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(code);
    return said;
  }

  @Test
  void theFirstReportIsANewComment() throws Exception {
    write("comments", "1\tmallory\t" + MARKER + "\n2\tgithub-actions[bot]\tanother\n");
    assertThat(comment()).isEqualTo("commented on #7\n");
    assertThat(calls("gh api --silent"))
        .containsExactly(
            "gh api --silent --method POST repos/o/r/issues/7/comments -F body=@report.md");
  }

  @Test
  void laterOnesEditIt() throws Exception {
    write("comments", "2\tgithub-actions[bot]\t" + MARKER + "\n");
    assertThat(comment()).isEqualTo("comment 2 of #7 is up to date\n");
    assertThat(calls("gh api --silent"))
        .containsExactly(
            "gh api --silent --method PATCH repos/o/r/issues/comments/2 -F body=@report.md");
  }

  @Test
  void aPullRequestThatIsGoneGetsNone() throws Exception {
    write("pulls", "");
    assertThat(comment()).contains("no open pull request");
    assertThat(calls("gh api --silent")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"# hello\n", "<!-- mlops report \") -->\n", ""})
  void whatIsNoReportIsNotPosted(String text) throws Exception {
    write("report.md", text);
    var environment = Map.of("GH_REPO", "o/r", "HEAD_SHA", HEAD, "AUTHOR", "me");
    var script = ACTIONS.resolve("report-comment/comment").toString();
    assertThat(run(1, folder, environment, script, "report.md")).contains("is no report of mlops");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void theVerdictOfTheGatesIsHandedOn(int verdict) throws Exception {
    write("verdict", Integer.toString(verdict));
    report(0, "head", project());
    assertThat(folder.resolve("output")).hasContent("passed=" + (verdict == 0));
    assertThat(folder.resolve("summary")).hasContent("the report");
    assertThat(calls("mlops re"))
        .containsExactly(
            "mlops repro --pull",
            "mlops report --base origin/main --output "
                + folder.resolve("out")
                + " --files-url run");
  }

  @Test
  void nothingIsPulledWithoutARemote() throws Exception {
    write("remote", "");
    report(0, "head", project());
    assertThat(calls("mlops repro")).containsExactly("mlops repro");
  }

  @Test
  void aReportThatCannotBeMadeIsAFailure() throws Exception {
    write("verdict", "255");
    report(255, "no", project());
    assertThat(calls("mlops repro")).isEmpty();
  }

  @Test
  void theBaseIsReproducedBesideItsBranch() throws Exception {
    var project = project();
    Files.writeString(project.resolve("params.yaml"), "2\n");
    report(0, "both", project);
    assertThat(calls("mlops report").getFirst()).contains("--base reproduced/main ");
    assertThat(calls("mlops cache dir --local").getFirst()).endsWith("/project/.dvc/cache");
    assertThat(git(project, "show", "reproduced/main:metrics.json")).isEqualTo("1\n");
    assertThat(git(project, "status", "--porcelain")).contains(" M params.yaml", "?? metrics.json");
    assertThat(git(project, "rev-parse", "origin/main"))
        .isEqualTo(git(project, "rev-parse", "HEAD"));
  }

  private void report(int code, String reproduce, Path project) throws Exception {
    run(
        code,
        folder,
        Map.of(
            "DIRECTORY", project.getFileName().toString(),
            "BASE", "origin/main",
            "REPRODUCE", reproduce,
            "PULL", "true",
            "OUTPUT", "out",
            "IMAGE_BASE_URL", "",
            "FILES_URL", "run",
            "GITHUB_OUTPUT", folder.resolve("output").toString(),
            "GITHUB_STEP_SUMMARY", folder.resolve("summary").toString()),
        ACTIONS.resolve("report/make-report").toString());
  }

  private Path project() throws Exception {
    var project = Files.createDirectory(folder.resolve("project"));
    git(project, "init", "--quiet", "--initial-branch=main");
    Files.writeString(project.resolve("params.yaml"), "1\n");
    git(project, "add", ".");
    git(project, "commit", "--quiet", "-m", "first");
    git(project, "update-ref", "refs/remotes/origin/main", "HEAD");
    return project;
  }

  private String git(Path project, String... arguments) throws Exception {
    var command =
        new ArrayList<>(List.of("git", "-c", "user.name=T", "-c", "user.email=t@example.org"));
    command.addAll(List.of(arguments));
    return run(0, project, Map.of(), command.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"report", "report-comment"})
  void actionsAreAsCarefulAsWorkflows(String name) throws IOException {
    var file = ACTIONS.resolve(name).resolve("action.yml");
    assertThat(Files.readAllLines(file))
        .filteredOn(line -> line.contains("uses:"))
        .allMatch(line -> line.matches(".*uses: [\\w.-]+(/[\\w.-]+)+@[0-9a-f]{40} # v[0-9.]+"));
    JsonNode steps =
        new ObjectMapper()
            .valueToTree(
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)))
            .at("/runs/steps");
    assertThat(steps).isNotEmpty();
    assertThat(steps).noneMatch(step -> step.path("run").asText().contains("${{"));
  }
}
