package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.VersionDiff.Difference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two versions are told apart by what they were made with, what they take, and their bytes.
class VersionDiffTest {
  private static final String MLMODEL =
      """
      flavors: {}
      signature:
        inputs: '[{"type": "double", "name": "length", "required": true}, {"type": "%s", "name": "width", "required": false}]'
        outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 3]}}]'
        params: null
      """;

  @Test
  void whatDiffersIsNamedWithBothValues(@TempDir Path folder) throws Exception {
    try (var tracking = Tracking.open(Tracking.DEFAULT_URI, folder)) {
      tracking.registry().createRegisteredModel("Iris", Map.of(), "");
      var first = version(tracking, folder, "10", 0.5, "long", "same size 1");
      var second = version(tracking, folder, "20", 0.5, "double", "same size 2");
      tracking.registry().setVersionTag("Iris", 2, "approved", "yes");
      var diff = VersionDiff.of(facts(tracking, first), facts(tracking, second));
      assertThat(diff.differences())
          .containsExactly(
              new Difference("param", "trees", "10", "20"),
              new Difference("tag", "approved", "", "yes"),
              new Difference("signature", "input width", "long, optional", "double, optional"),
              new Difference("file", "MLmodel", size("long"), size("double")),
              new Difference("file", "data/weights", "11 bytes", "11 bytes"));
      assertThat(VersionDiff.of(facts(tracking, first), facts(tracking, first)).differences())
          .isEmpty();
    }
  }

  private static String size(String type) {
    return MLMODEL.formatted(type).length() + " bytes";
  }

  private static VersionFacts facts(Tracking tracking, int version) {
    return VersionFacts.of(tracking, tracking.registry().version("Iris", version));
  }

  private static int version(
      Tracking tracking, Path folder, String trees, double loss, String type, String weights)
      throws Exception {
    var run = tracking.store().createRun(new NewRun("0", "r", "ada", 1, Map.of())).info();
    tracking
        .store()
        .log(
            run.runId(),
            new RunBatch(
                List.of(new Metric("loss", loss, 1, 0)), Map.of("trees", trees), Map.of()));
    var model = Files.createDirectories(folder.resolve("model-" + trees));
    Files.writeString(model.resolve("MLmodel"), MLMODEL.formatted(type));
    Files.createDirectories(model.resolve("data"));
    Files.writeString(model.resolve("data/weights"), weights);
    tracking.artifacts().upload(model, run.artifactUri() + "/model");
    return tracking
        .registry()
        .createVersion("Iris", "runs:/" + run.runId() + "/model", run.runId(), null, Map.of())
        .version();
  }
}
