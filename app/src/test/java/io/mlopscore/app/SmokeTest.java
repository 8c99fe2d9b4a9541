package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.training.Algorithm;
import io.mlopscore.training.DataParams;
import io.mlopscore.training.Params;
import io.mlopscore.training.RunOrigin;
import io.mlopscore.training.Training;
import io.mlopscore.training.TrainingJob;
import io.mlopscore.training.csv.CsvFile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A prediction API that was just started, seen from outside.
@NullUnmarked
class SmokeTest {
  private static final CsvFile IRIS = CsvFile.read(Path.of("../examples/iris/data/iris.csv"));
  private static final String KEY = "k".repeat(40);
  private static final Map<String, String> CLOSED = Map.of("API_KEY", KEY);

  @TempDir private static Path project;
  @TempDir private Path folder;

  @BeforeAll
  static void train() throws IOException {
    try (var tracking = Tracking.open(Tracking.DEFAULT_URI, project)) {
      var params =
          new Params(
              new DataParams("species", 0.2, 42),
              new Algorithm.RandomForest(10, 5, 1, 1),
              List.of());
      var job =
          new TrainingJob(
              IRIS,
              params,
              "flowers",
              Map.of(),
              project.resolve("models/model"),
              project.resolve("models/metadata.json"));
      new Training(
              tracking.store(),
              tracking.artifacts(),
              new RunOrigin("ada", "test", Optional.empty()),
              Clock.systemUTC())
          .run(job);
    }
  }

  private static PredictionService serve(Map<String, String> environment) throws IOException {
    var flags = Map.of("port", "0", "model-dir", "models");
    return PredictionService.start(project, flags, environment, OutputStream.nullOutputStream());
  }

  private Path golden() {
    return folder.resolve("golden.json");
  }

  private CommandLineOutput smoke(String address, String... more) throws IOException {
    var key = Files.writeString(folder.resolve("key"), KEY + "\n");
    var all = new ArrayList<>(List.of("smoke", address, "--wait", "0", "--requests", "10"));
    all.addAll(List.of("--key-file", key.toString()));
    all.addAll(List.of(more));
    return CommandLineOutput.of(all.toArray(String[]::new));
  }

  private CommandLineOutput record(PredictionService service) throws IOException {
    return smoke(
        service.address(), "--record", "--golden=" + golden(), "--data=" + IRIS.path(), "--rows=6");
  }

  /// Writes the golden file again with one value of its first prediction changed.
  private void spoil(String field, String member, Object value) throws IOException {
    var json = new ObjectMapper();
    var file = json.readTree(golden().toFile());
    ((ObjectNode) file.at("/predictions/0/" + field)).putPOJO(member, value);
    json.writeValue(golden().toFile(), file);
  }

  @Test
  void sameServiceGivesWhatWasRecorded() throws IOException {
    try (var service = serve(CLOSED)) {
      assertThat(record(service).text()).contains("6 predictions of version");
      var outcome = smoke(service.address(), "--golden=" + golden(), "--max-p99=60000");
      assertThat(outcome.code()).as(outcome.text() + outcome.error()).isZero();
      assertThat(outcome.text())
          .contains("401 without a key, 403 with a wrong one", "OpenAPI 3.1", "6 predictions")
          .contains("p99")
          .doesNotContain("failed", "skipped", KEY);
      assertThat(golden()).content().contains("setosa", "virginica").doesNotContain(KEY);
      assertThat(smoke(service.address(), "--golden=" + golden(), "--record").code()).isZero();
    }
  }

  @Test
  void anotherAnswerIsNamed() throws IOException {
    try (var service = serve(CLOSED)) {
      record(service);
      spoil("answer", "confidence", 0.25);
      var outcome = smoke(service.address(), "--golden=" + golden());
      assertThat(outcome.code()).isEqualTo(3);
      assertThat(outcome.text()).containsPattern("failed +golden +row 1: confidence: .*0.25");
      spoil("input", "petal_length", "long");
      assertThat(smoke(service.address(), "--golden=" + golden()).text())
          .contains("row 1: status 422", "was the file recorded with another model?");
    }
  }

  @Test
  void anotherVersionIsNamed() throws IOException {
    try (var service = serve(CLOSED)) {
      record(service);
      Files.writeString(
          golden(), Files.readString(golden()).replaceFirst("(model_version\" : \")", "$1old-"));
      assertThat(smoke(service.address(), "--golden=" + golden()).text())
          .contains("the file is of version old-", "record it again");
    }
  }

  @Test
  void openServiceIsSaidToBeOpen() throws IOException {
    try (var service = serve(Map.of())) {
      assertThat(smoke(service.address()).text())
          .containsPattern("failed +keys +\\d+ without a key");
      var outcome = CommandLineOutput.of("smoke", service.address(), "--requests=0", "--json");
      assertThat(outcome.code()).isZero();
      assertThat(outcome.text()).contains("open to everyone", "no file was named with --golden");
    }
  }

  @Test
  void rateLimitIsKept() throws IOException {
    try (var service = serve(Map.of("API_KEY", KEY, "MLOPS_LIMIT_PREDICT", "8/second"))) {
      record(service);
      assertThat(smoke(service.address(), "--golden=" + golden()).text())
          .contains("6 predictions of version", "p99")
          .doesNotContain("failed");
    }
  }

  @Test
  void limitOnTimeCounts() throws IOException {
    try (var service = serve(CLOSED)) {
      record(service);
      var outcome = smoke(service.address(), "--golden=" + golden(), "--max-p99=0");
      assertThat(outcome.code()).isEqualTo(3);
      assertThat(outcome.text()).contains("at most 0.0 ms is allowed");
    }
  }

  @Test
  void serviceThatIsNotThereIsTold() throws IOException {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var outcome = smoke("http://127.0.0.1:" + port);
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.text()).contains("failed", "127.0.0.1:" + port + " does not answer");
    assertThat(smoke("nonsense").code()).isEqualTo(2);
  }

  @Test
  void fileOfAnotherShapeIsTold() throws IOException {
    try (var service = serve(CLOSED)) {
      var missing = smoke(service.address(), "--golden=" + golden());
      assertThat(missing.code()).isEqualTo(1);
      assertThat(missing.error()).contains("golden.json: no such file; `mlops smoke --record`");
      Files.writeString(golden(), "{\"predictions\": [{\"row\": 1}]}");
      assertThat(smoke(service.address(), "--golden=" + golden()).error())
          .contains("predictions[0] has another shape; a golden file is {");
      Files.writeString(golden(), "golden");
      assertThat(smoke(service.address(), "--golden=" + golden()).error()).contains("not JSON");
      assertThat(smoke(service.address(), "--golden=" + folder.resolve("new"), "--record").error())
          .contains("is new; name a table of rows with --data");
    }
  }
}
