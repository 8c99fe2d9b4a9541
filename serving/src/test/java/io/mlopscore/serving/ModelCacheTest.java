package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.serving.ModelCache.Copy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Copies of models neither fill the disk nor go away under a server that uses them.
class ModelCacheTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;

  private ModelCache after(Duration passed) {
    return new ModelCache(folder, Clock.fixed(START.plus(passed), ZoneOffset.UTC));
  }

  private static void model(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/model.onnx"), "a model");
  }

  private static void modelWith(CyclicBarrier others, Path folder) throws IOException {
    model(folder);
    try {
      others.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IOException(e);
    }
  }

  private static Copy used(String name, long hoursAgo) {
    return new Copy(Path.of(name), START.minus(Duration.ofHours(hoursAgo)));
  }

  @Test
  void newestStayAndWhatWasUsedOfLate() {
    var copies = List.of(used("a", 9), used("b", 8), used("c", 7), used("d", 6), used("e", 5));
    assertThat(ModelCache.unused(copies, START)).containsExactly(used("b", 8), used("a", 9));

    var busy = List.of(used("a", 1), used("b", 1), used("c", 0), used("d", 0), used("e", 0));
    assertThat(ModelCache.unused(busy, START)).isEmpty();
  }

  @Test
  void modelIsCopiedOnce() throws IOException {
    var cache = after(Duration.ZERO);
    var copy = cache.copy("one", ModelCacheTest::model);
    assertThat(copy.resolve("data/model.onnx")).hasContent("a model");
    assertThat(
            cache.copy(
                "one",
                _ -> {
                  throw new IOException("copied twice");
                }))
        .isEqualTo(copy);
  }

  @Test
  void serversMayCopyTheSameAtOnce() throws IOException {
    var cache = after(Duration.ZERO);
    var copy =
        cache.copy(
            "one",
            part -> {
              model(part);
              cache.copy("one", ModelCacheTest::model);
            });
    assertThat(copy.resolve("data/model.onnx")).hasContent("a model");
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("one."));
  }

  /// Now and then one of them renames its copy just after the other did.
  @Test
  void serversMayEndTheirCopiesAtOnce() throws Exception {
    var cache = after(Duration.ZERO);
    try (var servers = Executors.newFixedThreadPool(2)) {
      for (var name = 0; name < 200; name++) {
        var copied = String.valueOf(name);
        var both = new CyclicBarrier(2);
        Callable<Path> copy = () -> cache.copy(copied, folder -> modelWith(both, folder));
        for (var made : servers.invokeAll(List.of(copy, copy))) {
          assertThat(made.get().resolve("data/model.onnx")).hasContent("a model");
        }
      }
    }
    try (var copies = Files.list(folder)) {
      assertThat(copies).hasSize(200);
    }
  }

  @Test
  void downloadThatFailsLeavesNothing() {
    assertThatThrownBy(
            () ->
                after(Duration.ZERO)
                    .copy(
                        "one",
                        part -> {
                          model(part);
                          throw new IOException("the network is away");
                        }))
        .hasMessage("the network is away");
    assertThat(folder).isEmptyDirectory();
  }

  /// Two servers share the folder: one has served the same version for days, the other follows
  /// many promotions.
  @Test
  void modelsInUseOfAnotherServerStay() throws IOException {
    var old = after(Duration.ZERO).copy("old", ModelCacheTest::model);
    for (var hour = 1; hour <= 8; hour++) {
      var version = after(Duration.ofHours(hour)).copy("version" + hour, ModelCacheTest::model);
      after(Duration.ofHours(hour).plusMinutes(20)).keep(old);
      after(Duration.ofHours(hour).plusMinutes(40)).keep(version);
    }
    assertThat(folder)
        .isDirectoryContaining(path -> path.endsWith("old"))
        .isDirectoryContaining(path -> path.endsWith("version8"))
        .isDirectoryContaining(path -> path.endsWith("version7"))
        .isDirectoryNotContaining(path -> path.endsWith("version6"));
  }

  /// What a server left that was killed while it copied.
  @Test
  void halfCopiesGo() throws IOException {
    for (var name : List.of("a", "b", "c")) {
      after(Duration.ofHours(3)).copy(name, ModelCacheTest::model);
    }
    var half = after(Duration.ZERO).copy("d.half", ModelCacheTest::model);
    after(Duration.ofHours(4)).keep(folder.resolve("a"));
    assertThat(half).doesNotExist();
    assertThat(folder).isDirectoryContaining(path -> path.endsWith("c"));
  }
}
