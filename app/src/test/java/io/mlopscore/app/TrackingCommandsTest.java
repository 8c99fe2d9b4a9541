package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlopscore.tracking.LifecycleStage;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.Tracking;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `mlops experiments`, `mlops runs` and `mlops server gc` change what is tracked, and tell the
/// audit log.
@NullUnmarked
class TrackingCommandsTest {
  @TempDir Path folder;
  private String good;
  private String bad;

  @BeforeEach
  void track() {
    good = tracking(tracking -> logged(tracking, 0.1));
    bad = tracking(tracking -> logged(tracking, 0.9));
  }

  private static String logged(Tracking tracking, double loss) {
    var run = tracking.store().createRun(new NewRun("0", "r", "ada", 1, Map.of())).info().runId();
    var points = List.of(new Metric("loss", loss, 1, 1));
    tracking.store().log(run, new RunBatch(points, Map.of(), Map.of()));
    return run;
  }

  private <T> T tracking(Function<Tracking, T> work) {
    try (var tracking = Tracking.open(Tracking.DEFAULT_URI, folder)) {
      return work.apply(tracking);
    }
  }

  @Test
  void runsAreFilteredSortedAndShownWithTheMetricsTheyHave() throws Exception {
    assertThat(mlops("runs", "list", "--filter", "metrics.loss < 0.5"))
        .contains(good, "LOSS")
        .doesNotContain(bad);
    assertThat(mlops("runs", "list", "--order-by", "metrics.loss DESC", "-n", "1"))
        .contains(bad)
        .doesNotContain(good);
  }

  @Test
  void infiniteMetricsAreShownAsSuchAndStayNumbersInJson() throws Exception {
    var run = tracking(tracking -> logged(tracking, Double.NEGATIVE_INFINITY));
    assertThat(mlops("runs", "list")).containsPattern(run + ".* -∞");
    assertThat(mlops("runs", "show", run)).contains("-∞");
    assertThat(mlops("runs", "compare", run, good)).contains("-∞");
    assertThat(mlops("runs", "compare", run, good, "--json")).contains("-1.7976931348623157E308");
  }

  @Test
  void runIsDeletedRestoredAndTold() throws Exception {
    mlops("runs", "delete", "--run-id", good);
    assertThat(mlops("runs", "list", "--deleted")).contains(good).doesNotContain(bad);
    assertThat(json("runs", "restore", "--run-id", good, "--json").path("run_id").asText())
        .isEqualTo(good);
    LifecycleStage stage = tracking(tracking -> tracking.store().run(good).info().lifecycleStage());
    assertThat(stage).isEqualTo(LifecycleStage.ACTIVE);
    assertThat(Files.readAllLines(folder.resolve("audit.log")))
        .hasSize(2)
        .first()
        .asString()
        .contains("\"call\":\"runs delete\"", good, "\"status\":200");
  }

  @Test
  void experimentIsCreatedRenamedDeletedFoundAndRestored() throws Exception {
    var created = json("experiments", "create", "-n", "wine", "--tag", "team=red", "--json");
    var id = created.path("experiment_id").asText();
    mlops("experiments", "rename", "-x", id, "--new-name", "red wine");
    mlops("experiments", "delete", "-x", id);
    assertThat(mlops("experiments", "search", "-v", "deleted_only")).contains("red wine");
    assertThat(mlops("experiments", "search")).doesNotContain("red wine");
    mlops("experiments", "restore", "-x", id);
    Map<String, String> tags = tracking(tracking -> tracking.store().experiment(id).tags());
    assertThat(tags).containsEntry("team", "red");
  }

  @Test
  void collectionSaysWhatWasRemoved() throws Exception {
    mlops("runs", "delete", "--run-id", bad);
    var collected = json("server", "gc", "--delete", "--json");
    assertThat(collected.path("removed").path(0).path("id").asText()).isEqualTo(bad);
    assertThat(collected.path("failed")).isEmpty();
  }

  private JsonNode json(String... arguments) throws Exception {
    return new ObjectMapper().readTree(mlops(arguments));
  }

  private String mlops(String... arguments) throws IOException, InterruptedException {
    var builder = MlopsProcess.of(folder, arguments);
    builder.environment().put("MLOPS_AUDIT_LOG", "audit.log");
    var errors = folder.resolve("errors.txt");
    var process = builder.redirectError(errors.toFile()).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return output;
  }
}
