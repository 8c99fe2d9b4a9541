package io.mlopscore.pipeline.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Hash;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.remote.DataExchange.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataExchangeTest {
  private static final String A = "files/md5/60/b725f10c9c85c70d97880dfe8191b3";
  private static final String B = "files/md5/3b/5d5c3712955042212316173ccf37be";
  private static final String RAW = "files/md5/8b/3662b0d460701f7734cdf533c5aa85.dir";

  @TempDir Path folder;
  private Path root;
  private Path store;
  private Path cache;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void aDirectoryIsTracked() throws IOException {
    root = Files.createDirectory(folder.resolve("repo"));
    store = folder.resolve("store");
    cache = root.resolve(".dvc/cache");
    Files.createDirectories(root.resolve("raw/sub"));
    Repository.init(root);
    Files.writeString(
        root.resolve(".dvc/config"),
        """
        [core]
            remote = store
        ['remote "store"']
            url = ../../store
        ['remote "other"']
            url = ../../other
        """);
    Files.writeString(root.resolve("raw/a"), "a\n");
    Files.writeString(root.resolve("raw/sub/b"), "b\n");
    new DataStore(Pipeline.open(root)).add(List.of(root.resolve("raw")));
  }

  private DataExchange exchange(Optional<String> remote) throws IOException {
    return new DataExchange(
        Pipeline.open(root), remote, OptionalInt.of(2), new Progress(), warnings::add);
  }

  private Result push(String... targets) throws IOException {
    return exchange(Optional.empty()).push(Selection.of(List.of(targets)), false);
  }

  private Result fetch(String... targets) throws IOException {
    return exchange(Optional.empty()).fetch(Selection.of(List.of(targets)), false);
  }

  private static void remove(Path tree) throws IOException {
    try (var files = Files.walk(tree)) {
      for (var file : files.toList().reversed()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void whatWasPushedCanBeFetched() throws IOException {
    assertThat(push().moved()).isEqualTo(3);
    assertThat(push().moved()).isZero();
    remove(cache);
    assertThat(fetch().moved()).isEqualTo(3);
    assertThat(fetch().moved()).isZero();
    assertThat(Pipeline.open(root).status(List.of())).isEmpty();
  }

  @Test
  void objectsAreReadOnlyOnBothSides() throws IOException {
    push();
    remove(cache);
    fetch();
    for (var side : List.of(store, cache)) {
      for (var key : List.of(A, B, RAW)) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(side.resolve(key))))
            .isEqualTo("r--r--r--");
      }
    }
  }

  @Test
  void aListingIsNotPushedBeforeItsFiles() throws IOException {
    Files.delete(cache.resolve(B));
    var result = push();
    assertThat(result.missing()).extracting(StoredObject::name).containsExactly("raw/sub/b");
    assertThat(result.failures()).isZero();
    assertThat(store.resolve(RAW)).doesNotExist();
    assertThat(store.resolve(A)).exists();
  }

  @Test
  void aFileThatTheRemoteLostIsPushedAgain() throws IOException {
    push();
    Files.delete(store.resolve(B));
    assertThat(push().moved()).isEqualTo(1);
    assertThat(store.resolve(B)).exists();
  }

  @Test
  void aFileThatTheRemoteLostFailsToBeFetchedAndTheRestArrives() throws IOException {
    push();
    Files.delete(store.resolve(B));
    remove(cache);
    var result = fetch();
    assertThat(result.moved()).isEqualTo(2);
    assertThat(result.failed())
        .extracting(failure -> failure.object().name())
        .containsExactly("raw/sub/b");
    assertThat(cache.resolve(A)).exists();
  }

  @Test
  void aFileWithinADirectoryIsFetchedAlone() throws IOException {
    push();
    remove(cache);
    assertThat(fetch("raw/sub/b").moved()).isEqualTo(2);
    assertThat(cache.resolve(B)).exists();
    assertThat(cache.resolve(A)).doesNotExist();
  }

  /// The listing would vouch for files that are not there.
  @Test
  void aFileWithinADirectoryIsPushedWithoutTheListing() throws IOException {
    assertThat(push("raw/a").moved()).isEqualTo(1);
    assertThat(store.resolve(RAW)).doesNotExist();
  }

  @Test
  void bytesThatWereDamagedAtTheRemoteNeverReachTheCache() throws IOException {
    push();
    remove(cache);
    Files.delete(store.resolve(A));
    Files.writeString(store.resolve(A), "damaged");
    var result = fetch();
    assertThat(result.failures()).isEqualTo(1);
    assertThat(result.failed().getFirst().reason()).contains("60/b725f10c9c85c70d97880dfe8191b3");
    try (var left = Files.list(cache.resolve("files/md5/60"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aDamagedObjectOfTheCacheIsNotPushed() throws IOException {
    Files.delete(cache.resolve(A));
    Files.writeString(cache.resolve(A), "damaged");
    assertThat(push().missing())
        .extracting(StoredObject::hash)
        .containsExactly("60b725f10c9c85c70d97880dfe8191b3");
    assertThat(store.resolve(A)).doesNotExist();
  }

  @Test
  void outputsGoToTheRemoteTheyBelongTo() throws IOException {
    Files.writeString(
        root.resolve("raw.dvc"), Files.readString(root.resolve("raw.dvc")) + "  remote: other\n");
    assertThat(exchange(Optional.of("store")).push(Selection.WORKSPACE, false).moved()).isZero();
    assertThat(push().moved()).isEqualTo(3);
    assertThat(folder.resolve("other").resolve(RAW)).exists();
  }

  @Test
  void outputsThatAreNotPushedStayHere() throws IOException {
    Files.writeString(
        root.resolve("raw.dvc"), Files.readString(root.resolve("raw.dvc")) + "  push: false\n");
    assertThat(push().moved()).isZero();
  }

  @Test
  void comparingNamesWhatOnlyOneSideHas() throws IOException {
    push();
    Files.delete(store.resolve(A));
    Files.delete(cache.resolve(B));
    assertThat(exchange(Optional.empty()).compare(Selection.WORKSPACE))
        .containsOnly(
            java.util.Map.entry("raw/a", Difference.NEW),
            java.util.Map.entry("raw/sub/b", Difference.DELETED));
  }

  @Test
  void theRunCacheGoesAlongWhenAsked() throws IOException {
    var key = "runs/ab/" + "ab".repeat(32) + "/" + "cd".repeat(32);
    Files.createDirectories(cache.resolve(key).getParent());
    Files.writeString(cache.resolve(key), "cmd: x\n");
    assertThat(exchange(Optional.empty()).push(Selection.WORKSPACE, true).moved()).isEqualTo(4);
    assertThat(store.resolve(key)).exists();
    remove(cache);
    assertThat(exchange(Optional.empty()).fetch(Selection.WORKSPACE, true).moved()).isEqualTo(4);
    assertThat(cache.resolve(key)).hasContent("cmd: x\n");
  }

  @Test
  void anUnknownRemoteIsNamedWithTheKnownOnes() {
    assertThatThrownBy(() -> exchange(Optional.of("none")).push(Selection.WORKSPACE, false))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("'none'")
        .hasMessageContaining("store");
  }

  @Test
  void anUnknownTargetIsRefused() {
    assertThatThrownBy(() -> push("nope")).hasMessageContaining("'nope' does not exist");
  }

  @Test
  void hashesAreReadFromKeys() {
    var hash = new Hash("8b3662b0d460701f7734cdf533c5aa85.dir");
    assertThat(StoredObject.of(hash, "raw").key()).isEqualTo(RAW);
    assertThat(StoredObject.of(hash, "raw").hash()).isEqualTo(hash.value());
  }
}
