package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlopscore.model.ModelFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What `mlops init --template tabular` makes, from the first file to an answer of its API.
@DisabledOnOs(OS.WINDOWS)
class NewProjectTest {
  private static final Pattern STARTED = Pattern.compile("\"event\":\"started\".*\"port\":(\\d+)");

  @TempDir Path folder;
  @TempDir Path bin;

  @Test
  void itTrainsOnceAndServes() throws Exception {
    var said = run(folder, "init", "parcels", "--template", "tabular");
    assertThat(said)
        .contains(
            "wrote .github/workflows/report.yml",
            "workflows/report-comment.yml",
            "workflows/train.yml",
            "cd 'parcels' && mlops up");
    var project = folder.resolve("parcels");
    assertThat(Project.open(project).model().name()).isEqualTo("parcels");
    assertThat(project.resolve(".git")).isDirectory();
    assertThat(project.resolve("README.md")).content().contains("column `kind`");

    assertThat(run(project, "repro")).contains("Running stage 'train'");
    var metrics = new ObjectMapper().readTree(project.resolve("models/metrics.json").toFile());
    assertThat(metrics.required("accuracy").asDouble()).isBetween(0.8, 1.0);
    assertThat(run(project, "repro")).contains("Data and pipelines are up to date.");
    assertThat(run(project, "status")).contains("Data and pipelines are up to date.");
    assertThat(predict(project)).contains("\"prediction\":\"");
    reportsOnAChange(project);
  }

  /// What the workflow of the project does with a pull request.
  private void reportsOnAChange(Path project) throws Exception {
    git(project, "add", ".");
    git(project, "commit", "--quiet", "-m", "first");
    assertThat(run(project, "report", "--base", "HEAD")).contains("1 gate passed", "None changed.");

    var clone = folder.resolve("clone");
    git(project, "clone", "--quiet", ".", clone.toString());
    assertThat(run(clone, "repro")).contains("Running stage 'train'");
    assertThat(run(clone, "report", "--base", "origin/HEAD")).contains("1 gate passed");

    var params = project.resolve("params.yaml");
    Files.writeString(
        params, Files.readString(params).replaceAll("n_estimators: \\d+", "n_estimators: 1"));
    Files.writeString(
        params, Files.readString(params).replaceAll("max_depth: \\d+", "max_depth: 1"));
    run(project, "repro");
    var report = builder(project, "report", "--base", "HEAD", "--output", "out").start();
    var said = new String(report.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(report.waitFor()).as(said).isEqualTo(1);
    assertThat(said)
        .contains(
            "❌ 1 of 1 gate failed", "| `train.n_estimators` | 200 | 1 |", "| `models/model/` |")
        .contains("`models/metrics.json:confusion_matrix`");
    assertThat(project.resolve("out/1-models_metrics.json_confusion_matrix.svg")).exists();
    assertThat(project.resolve("out/report.md")).content().isEqualTo(said);
    assertThat(run(project, "report", "--base=HEAD", "--report-only", "--format=json"))
        .contains("\"passed\" : false");
  }

  private static void git(Path project, String... arguments) throws Exception {
    var command =
        new ArrayList<>(List.of("git", "-c", "user.name=T", "-c", "user.email=t@example.org"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).directory(project.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void ownTableBelowTheRootOfGit() throws Exception {
    Files.createDirectories(folder.resolve(".git"));
    var said =
        run(folder, "init", "sub", "--template=tabular", "--data=own.csv", "--target=quality");
    assertThat(said).contains("No workflows", "Put the table in own.csv");
    var project = folder.resolve("sub");
    assertThat(project.resolve("own.csv")).doesNotExist();
    assertThat(project.resolve(".github")).doesNotExist();
    assertThat(project.resolve(".git")).doesNotExist();
    assertThat(project.resolve("params.yaml")).content().contains("target: quality");
  }

  @Test
  void anUnfitNameLeavesNothingBehind() throws Exception {
    var process =
        builder(folder, "init", "new", "--template", "tabular", "--name", "$(id)").start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isNotZero();
    assertThat(said).contains("--name: '$(id)' must be a letter");
    assertThat(folder.resolve("new")).doesNotExist();
  }

  private String run(Path directory, String... arguments) throws Exception {
    var process = builder(directory, arguments).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private ProcessBuilder builder(Path directory, String... arguments) throws IOException {
    var builder = MlopsProcess.of(directory, arguments).redirectErrorStream(true);
    builder.environment().put("MLOPS_BIN", MlopsProcess.script(bin).toString());
    return builder;
  }

  /// Serves the model that the pipeline made, as compose.yaml does, and sends it its example.
  private String predict(Path project) throws Exception {
    var row = ModelFolder.open(project.resolve("models/model")).inputExample();
    var process = builder(project, "serve", "--port=0", "--model-dir=models").start();
    try (var lines = process.inputReader();
        var client = HttpClient.newHttpClient()) {
      var started = STARTED.matcher("");
      var line = lines.readLine();
      while (line != null && !started.reset(line).find()) {
        line = lines.readLine();
      }
      assertThat(line).isNotNull();
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + started.group(1) + "/predict"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(json(row)))
              .build();
      return client.send(request, BodyHandlers.ofString()).body();
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static String json(Map<String, Object> row) throws IOException {
    return new ObjectMapper().writeValueAsString(row);
  }
}
