package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.model.SampleModels;
import io.mlopscore.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models from a registry and from a folder, served for real.
class ModelSourcesTest {
  @TempDir Path folder;

  @Test
  void theVersionBehindTheAliasIsServedAndFollowed() throws IOException {
    try (var tracking = Tracking.open("sqlite:///mlflow.db", folder)) {
      tracking.registry().createRegisteredModel("Iris", Map.of(), "");
      Registry.register(tracking, folder, 0.9);
      Registry.register(tracking, folder, 0.95);
      tracking.registry().setAlias("Iris", "champion", 1);
      var source = new RegistryModelSource(tracking, "Iris", "champion", cache(), Optional.empty());
      try (var api = Api.start(source)) {
        assertThat(info(api)).contains("\"version\":\"1\"", "\"accuracy\":0.9,");
        assertThat(api.predict(Api.OK).body()).startsWith("{\"prediction\":\"setosa\"");

        tracking.registry().setAlias("Iris", "champion", 2);
        api.server.checkModel();
        assertThat(info(api)).contains("\"version\":\"2\"", "\"accuracy\":0.95,");

        tracking.registry().deleteAlias("Iris", "champion");
        api.server.checkModel();
        assertThat(info(api)).as("the last one keeps serving").contains("\"version\":\"2\"");
      }
    }
  }

  @Test
  void withoutTheAliasNothingIsServedUntilItComes() throws IOException {
    try (var tracking = Tracking.open("sqlite:///mlflow.db", folder)) {
      var source = new RegistryModelSource(tracking, "Iris", "champion", cache(), Optional.empty());
      try (var api = Api.start(source)) {
        assertThat(api.get("/health/ready").statusCode()).isEqualTo(503);

        tracking.registry().createRegisteredModel("Iris", Map.of(), "");
        Registry.register(tracking, folder, 0.9);
        tracking.registry().setAlias("Iris", "champion", 1);
        api.server.checkModel();
        assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void aFolderOfThePipelineIsServedAndReread() throws IOException {
    SampleModels.iris(folder.resolve("model"));
    Files.writeString(folder.resolve("metrics.json"), "{\"accuracy\":0.9,\"per_class\":{}}");
    try (var api = Api.start(new FolderModelSource(folder, "iris"))) {
      assertThat(info(api)).contains("\"accuracy\":0.9,", "\"precision\":null");
      assertThat(api.predict(Api.OK).statusCode()).isEqualTo(200);

      Files.writeString(folder.resolve("metrics.json"), "{\"accuracy\":0.97}");
      api.server.checkModel();
      assertThat(info(api)).contains("\"accuracy\":0.97,");

      Files.writeString(folder.resolve("model/MLmodel"), "flavors: [");
      api.server.checkModel();
      assertThat(api.predict(Api.OK).statusCode()).as("a broken file is refused").isEqualTo(200);
    }
  }

  @Test
  void aFileThatWasStillOnItsWayIsLoadedOnceItIsThere() throws IOException {
    var graph = SampleModels.iris(folder).directory().resolve("model.onnx");
    var whole = Files.readAllBytes(graph);
    Files.write(graph, Arrays.copyOf(whole, whole.length / 2));
    try (var api = Api.start(new FolderModelSource(folder, "iris"))) {
      assertThat(api.predict(Api.OK).statusCode()).isEqualTo(503);

      Files.write(graph, whole);
      api.server.checkModel();
      assertThat(api.predict(Api.OK).statusCode()).isEqualTo(200);
    }
  }

  private ModelCache cache() {
    return new ModelCache(folder.resolve("cache"), Clock.systemUTC());
  }

  private static String info(Api api) {
    return api.get("/model/info", "X-API-Key", Api.KEY).body();
  }
}
