package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `mlops up` from the iris data to an answer, as a newcomer meets it.
@DisabledOnOs(OS.WINDOWS)
class UpTest {
  private static final Path EXAMPLE = Path.of("../examples/iris");
  private static final Pattern CURL = Pattern.compile("curl -s (http\\S+) .* -d '(.*)'");

  @TempDir Path project;
  @TempDir Path bin;

  @BeforeEach
  void copyExample() throws IOException {
    Files.createDirectories(project.resolve("data"));
    Files.createDirectories(project.resolve(".dvc"));
    Files.writeString(project.resolve(".dvc/config"), "");
    for (var name : List.of("data/iris.csv", "params.yaml", "mlops.yaml", "dvc.yaml")) {
      Files.copy(EXAMPLE.resolve(name), project.resolve(name));
    }
  }

  @Test
  void newcomerGetsAPredictionAndTheSecondStartChangesNothing() throws Exception {
    var first = up();
    assertThat(first.output).contains("Running stage 'train':", "version 1 @champion", "accuracy");
    assertThat(predict(first.output)).contains("\"prediction\":\"setosa\"");
    assertThat(first.stop()).isZero();

    var second = up();
    assertThat(second.output)
        .contains("Stage 'train' didn't change, skipping", "version 1 @champion")
        .doesNotContain("Running stage");
    assertThat(second.stop()).isZero();
  }

  @Test
  void killedServiceStartsAgainWithoutRepair() throws Exception {
    up().process.destroyForcibly().waitFor();
    var again = up();
    assertThat(predict(again.output)).contains("setosa");
    assertThat(again.stop()).isZero();
  }

  @Test
  void takenPortIsNamedWithItsSetting() throws Exception {
    try (var taken = new ServerSocket(0)) {
      var builder = builder();
      builder.environment().put("MLOPS_API_PORT", Integer.toString(taken.getLocalPort()));
      builder.environment().put("MLOPS_API_HOST", "0.0.0.0");
      builder.environment().put("API_KEY", "k".repeat(40));
      var process = builder.redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isEqualTo(1);
      assertThat(output).contains("port " + taken.getLocalPort(), "is taken", "MLOPS_API_PORT");
    }
    assertThat(project.resolve("models")).doesNotExist();
  }

  @Test
  void takenPortEndsTheServerToo() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = Integer.toString(taken.getLocalPort());
      var builder = MlopsProcess.of(project, "server", "--port", port);
      var process = builder.redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isEqualTo(1);
      assertThat(output).contains("port " + port, "is taken", "--port");
    }
  }

  private record Up(Process process, String output) {
    /// Ctrl-C, as far as the process can tell.
    int stop() throws InterruptedException {
      process.destroy();
      return process.waitFor();
    }
  }

  private ProcessBuilder builder() throws IOException {
    var builder = MlopsProcess.of(project, "up");
    builder.environment().put("MLOPS_BIN", MlopsProcess.script(bin).toString());
    builder.environment().put("MLOPS_API_PORT", "0");
    builder.environment().put("MLOPS_TRACKING_PORT", "0");
    return builder;
  }

  /// Starts, and reads until the line that names the console.
  private Up up() throws IOException {
    var process = builder().redirectErrorStream(true).start();
    var output = new StringBuilder();
    BufferedReader lines = process.inputReader();
    var line = lines.readLine();
    while (line != null && !line.startsWith("console")) {
      output.append(line).append('\n');
      line = lines.readLine();
    }
    assertThat(line).as(output.toString()).isNotNull();
    return new Up(process, output.toString());
  }

  private static String predict(String output) throws Exception {
    var curl = CURL.matcher(output);
    assertThat(curl.find()).as(output).isTrue();
    var request =
        HttpRequest.newBuilder(URI.create(curl.group(1)))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(curl.group(2)))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
