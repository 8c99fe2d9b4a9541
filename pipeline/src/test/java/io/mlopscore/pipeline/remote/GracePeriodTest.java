package io.mlopscore.pipeline.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Objects that came lately stay, be they used or not.
final class GracePeriodTest {
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
  private static final String OLD = "files/md5/ab/cdef00000000000000000000000001";
  private static final String YOUNG = "files/md5/ab/cdef00000000000000000000000002";

  @TempDir private Path folder;
  private Path root;
  private Path store;

  @BeforeEach
  void unusedObjectsHereAndThere() throws IOException {
    root = Files.createDirectory(folder.resolve("repo"));
    store = folder.resolve("store");
    Repository.init(root);
    for (var side : List.of(root.resolve(".dvc/cache"), store)) {
      put(side.resolve(OLD), Duration.ofDays(15));
      put(side.resolve(YOUNG), Duration.ofDays(13));
    }
  }

  private static void put(Path object, Duration age) throws IOException {
    Files.createDirectories(object.getParent());
    Files.writeString(object, "unused");
    Files.setLastModifiedTime(object, FileTime.from(NOW.minus(age)));
  }

  /// @param url a URL is reached as a bucket is, a path as a directory
  private List<GarbageCollection.Removal> collect(boolean cloud, String url) throws IOException {
    Files.writeString(
        root.resolve(".dvc/config"),
        "[core]\n    remote = r\n['remote \"r\"']\n    url = %s\n".formatted(url));
    var options =
        new GarbageCollection.Options(
            CommitSelection.NONE,
            List.of(),
            cloud,
            false,
            Optional.empty(),
            OptionalInt.of(2),
            Duration.ofDays(14),
            false,
            false);
    var clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new GarbageCollection(Pipeline.open(root), options, clock, _ -> {}).run();
  }

  @Test
  void whatCameLatelyStaysInTheCache() throws IOException {
    var removed = collect(false, "unused");
    assertThat(removed)
        .flatExtracting(GarbageCollection.Removal::places)
        .containsExactly(root.resolve(".dvc/cache").resolve(OLD).toString());
    assertThat(store.resolve(OLD)).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "file://%s"})
  void whatCameLatelyStaysAtTheRemote(String url) throws IOException {
    var removed = collect(true, url.formatted(store));
    assertThat(removed).flatExtracting(GarbageCollection.Removal::places).hasSize(2);
    assertThat(removed).extracting(GarbageCollection.Removal::bytes).contains(6L);
    assertThat(store.resolve(OLD)).doesNotExist();
    assertThat(store.resolve(YOUNG)).exists();
  }
}
