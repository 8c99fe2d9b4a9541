package io.mlopscore.pipeline.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.pipeline.Md5;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What DVC 2 recorded is exchanged and kept under the names that it has.
final class LegacyExchangeTest {
  /// MD5 of `a\nb\n`, which is what DVC 2 makes of `a\r\nb\r\n`.
  private static final String TEXT = "dd/8c6a395b5dd36c56d23275028f526c";

  private static final byte[] LINES = "a\r\nb\r\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;
  private Path root;
  private Path cache;
  private Path store;
  private String listing = "";

  @BeforeEach
  void aDirectoryOfDvc2() throws IOException {
    root = Files.createDirectory(folder.resolve("repo"));
    cache = root.resolve(".dvc/cache");
    store = folder.resolve("store");
    Repository.init(root);
    Files.createDirectories(root.resolve("d"));
    Files.write(root.resolve("d/text"), LINES);
    object(TEXT, LINES);
    var json =
        "[{\"md5\": \"%s\", \"relpath\": \"text\"}]"
            .formatted(TEXT.replace("/", ""))
            .getBytes(StandardCharsets.US_ASCII);
    var hash = Md5.of(json) + ".dir";
    listing = hash.substring(0, 2) + "/" + hash.substring(2);
    object(listing, json);
    Files.writeString(
        root.resolve("d.dvc"),
        "outs:\n- md5: %s\n  size: 6\n  nfiles: 1\n  path: d\n".formatted(hash));
  }

  private void object(String key, byte[] bytes) throws IOException {
    Files.createDirectories(cache.resolve(key).getParent());
    Files.write(cache.resolve(key), bytes);
  }

  /// A URL is reached as a bucket is, a path as a directory.
  private Pipeline pipeline(String remote) throws IOException {
    var url =
        remote.equals("url")
            ? store.toUri().toString().replaceFirst("^file:/+", "file:///")
            : store;
    Files.writeString(
        root.resolve(".dvc/config"),
        "[core]\n    remote = r\n['remote \"r\"']\n    url = %s\n".formatted(url));
    return Pipeline.open(root);
  }

  private DataExchange exchange(String remote) throws IOException {
    return new DataExchange(
        pipeline(remote), Optional.empty(), OptionalInt.of(2), new Progress(), _ -> {});
  }

  private GarbageCollection collection(String remote) throws IOException {
    var options =
        new GarbageCollection.Options(
            CommitSelection.NONE,
            List.of(),
            true,
            false,
            Optional.empty(),
            OptionalInt.of(2),
            Duration.ZERO,
            false,
            false);
    return new GarbageCollection(pipeline(remote), options, Clock.systemUTC(), _ -> {});
  }

  @ParameterizedTest
  @ValueSource(strings = {"directory", "url"})
  void whatWasPushedCanBeFetched(String remote) throws IOException {
    assertThat(exchange(remote).push(Selection.WORKSPACE, false).moved()).isEqualTo(2);
    assertThat(exchange(remote).push(Selection.WORKSPACE, false).moved()).isZero();
    assertThat(exchange(remote).compare(Selection.WORKSPACE)).isEmpty();
    assertThat(store.resolve(TEXT)).hasBinaryContent(LINES);
    Trees.remove(cache);
    assertThat(exchange(remote).fetch(Selection.WORKSPACE, false).moved()).isEqualTo(2);
    assertThat(cache.resolve(TEXT)).hasBinaryContent(LINES);
    assertThat(pipeline(remote).status(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"directory", "url"})
  void whatIsInUseIsNoGarbage(String remote) throws IOException {
    exchange(remote).push(Selection.WORKSPACE, false);
    object("ab/cdef00000000000000000000000000", LINES);
    assertThat(collection(remote).run())
        .flatExtracting(GarbageCollection.Removal::places)
        .containsExactly(cache.resolve("ab/cdef00000000000000000000000000").toString());
    for (var side : List.of(cache, store)) {
      assertThat(side.resolve(TEXT)).exists();
      assertThat(side.resolve(listing)).exists();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"directory", "url"})
  void damageIsFoundAndPutRight(String remote) throws IOException {
    exchange(remote).push(Selection.WORKSPACE, false);
    Files.delete(cache.resolve(TEXT));
    object(TEXT, "damaged".getBytes(StandardCharsets.US_ASCII));
    var check =
        new IntegrityCheck(
            pipeline(remote), Optional.empty(), OptionalInt.of(2), true, new Progress());
    assertThat(check.cache().findings())
        .extracting(IntegrityCheck.Finding::fault, IntegrityCheck.Finding::outcome)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(IntegrityFault.DAMAGED, RepairOutcome.REPAIRED));
    assertThat(cache.resolve(TEXT)).hasBinaryContent(LINES);
  }
}
