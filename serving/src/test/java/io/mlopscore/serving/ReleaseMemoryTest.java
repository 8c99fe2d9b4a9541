package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.model.ModelFolder;
import io.mlopscore.model.SampleModels;
import io.mlopscore.serving.ModelSource.Fetched;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written down of the release that went live last.
class ReleaseMemoryTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String REGISTRY = "http://registry.example:5000";

  @TempDir private Path folder;

  @Test
  void releaseIsFoundAsItWasWritten() throws IOException {
    var metrics = Map.of("accuracy", 0.9, "recall", Double.NaN);
    memory(REGISTRY).remember(model("1", metrics));

    var found = memory(REGISTRY).recall().orElseThrow();
    assertThat(found.release()).isEqualTo(new Release("Iris", "1", "1-17"));
    assertThat(found.metrics()).isEqualTo(Map.of("accuracy", 0.9));
    assertThat(found.recorded()).isEqualTo(NOON);
    assertThat(memory(REGISTRY).open(found).folder().directory()).isEqualTo(folder.resolve("a1"));
  }

  @Test
  void credentialsInTheAddressAreNotKept() throws IOException {
    memory("http://me:secret@registry.example:5000/").remember(model("1", Map.of()));

    var found = memory(REGISTRY).recall().orElseThrow();
    assertThat(found.registry()).isEqualTo(REGISTRY);
    assertThat(found.json()).asString().doesNotContain("secret");
  }

  @Test
  void nothingIsFoundOfAnotherAlias() throws IOException {
    memory(REGISTRY).remember(model("1", Map.of()));

    assertThat(new ReleaseMemory(cache(), REGISTRY, "Iris", "challenger").recall()).isEmpty();
    assertThat(new ReleaseMemory(cache(), REGISTRY, "Wine", "champion").recall()).isEmpty();
    assertThat(memory("https://registry.example:5000").recall()).isEmpty();
  }

  /// Two services follow one alias, each a little later than the other.
  @Test
  void whoeverReadsWhileOthersWriteFindsOneOfThem() throws Exception {
    memory(REGISTRY).remember(model("1", Map.of()));
    try (var services = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers =
          Arrays.asList(services.submit(this::alternate), services.submit(this::alternate));
      while (!writers.stream().allMatch(writer -> writer.isDone())) {
        assertThat(memory(REGISTRY).recall().map(found -> found.release().version()))
            .isIn(Optional.of("1"), Optional.of("2"));
      }
      for (var writer : writers) {
        writer.get();
      }
    }
  }

  private boolean alternate() throws IOException {
    var memory = memory(REGISTRY);
    var first = model("1", Map.of());
    var second = model("2", Map.of());
    for (var turn = 0; turn < 50; turn++) {
      memory.remember(turn % 2 == 0 ? first : second);
    }
    return true;
  }

  @Test
  void partOfAFileIsNone() throws IOException {
    memory(REGISTRY).remember(model("1", Map.of("accuracy", 0.9)));
    var whole = memory(REGISTRY).recall().orElseThrow().json();

    assertThat(RememberedRelease.read(whole).copy()).isEqualTo("a1");
    for (var length = 0; length < whole.length; length++) {
      var part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> RememberedRelease.read(part)).isInstanceOf(IOException.class);
    }
  }

  private ReleaseMemory memory(String registry) {
    return new ReleaseMemory(cache(), registry, "Iris", "champion");
  }

  private ModelCache cache() {
    return new ModelCache(folder, Clock.fixed(NOON, ZoneOffset.UTC));
  }

  private ServedModel model(String version, Map<String, Double> metrics) throws IOException {
    var copy = ModelFolder.open(cache().copy("a" + version, SampleModels::iris));
    return ServedModel.load(
        new Release("Iris", version, version + "-17"), new Fetched(copy, copy.scorer(), metrics));
  }
}
