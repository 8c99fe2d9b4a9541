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
