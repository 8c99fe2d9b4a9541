package io.mlopscore.pipeline.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.ContentCache;
import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Hash;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.ReproListener;
import io.mlopscore.pipeline.ReproOptions;
import io.mlopscore.pipeline.remote.DataExchange.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes to and comes from a remote that keeps files in versions. The expected files are as dvc
/// 3.67.1 wrote them, but for the ids.
final class VersionedExchangeTest {
  private static final Hash B = new Hash("3b5d5c3712955042212316173ccf37be");

  private static final String PUSHED =
      """
      outs:
      - hash: md5
        path: raw
        files:
        - relpath: a
          md5: 60b725f10c9c85c70d97880dfe8191b3
          size: 2
          cloud:
            vr:
              etag: 60b725f10c9c85c70d97880dfe8191b3
              version_id: v1
        - relpath: sub/b
          md5: 3b5d5c3712955042212316173ccf37be
          size: 2
          cloud:
            vr:
              etag: 3b5d5c3712955042212316173ccf37be
              version_id: v1
      """;

  @TempDir Path root;
  private final KeptVersions bucket = new KeptVersions();

  @BeforeEach
  void dataIsTracked() throws IOException {
    Repository.init(root);
    write("raw/a", "a\n");
    write("raw/sub/b", "b\n");
    write("f", "f\n");
    add("raw", "f");
  }

  private void write(String path, String text) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String read(String path) throws IOException {
    return Files.readString(root.resolve(path));
  }

  private void add(String... paths) throws IOException {
    new DataStore(Pipeline.open(root)).add(List.of(paths).stream().map(root::resolve).toList());
  }

  private Layout layout(Pipeline pipeline) {
    var store = new KeptVersions.Bucket(Optional.of(bucket));
    return Layout.of(pipeline, session(pipeline, store, "vr"));
  }

  private static RemoteSession session(
      Pipeline pipeline, KeptVersions.Bucket store, String remote) {
    var opened =
        new Remote(remote, "s3://b/store", store, "store/", Optional.empty(), true, 2, true, true);
    return RemoteSession.of(pipeline.repository(), opened, new Progress());
  }

  private static List<UsedData> used(Pipeline pipeline, String... targets) throws IOException {
    return new DataSelection(pipeline, Selection.of(List.of(targets)), _ -> {}).find();
  }

  private Result push(String... targets) throws IOException {
    var pipeline = Pipeline.open(root);
    return layout(pipeline).push(used(pipeline, targets), false);
  }

  private Result fetch(String... targets) throws IOException {
    var pipeline = Pipeline.open(root);
    return layout(pipeline).fetch(used(pipeline, targets), false);
  }

  private Map<String, Difference> compare() throws IOException {
    var pipeline = Pipeline.open(root);
    var found = new LinkedHashMap<String, Difference>();
    layout(pipeline).compare(used(pipeline), found);
    return found;
  }

  private void emptyTheCache() throws IOException {
    try (var files = Files.walk(root.resolve(".dvc/cache"))) {
      for (var file : files.toList().reversed()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aPushRecordsTheVersionOfEachFile() throws IOException {
    var result = push();
    assertThat(result.moved()).isEqualTo(3);
    assertThat(result.written()).contains(root.resolve("raw.dvc"), root.resolve("f.dvc"));
    assertThat(read("raw.dvc")).isEqualTo(PUSHED);
    assertThat(read("f.dvc"))
        .isEqualTo(
            """
            outs:
            - md5: 9a8ad92c50cae39aa2c5604fd0ab6d8c
              size: 2
              hash: md5
              path: f
              cloud:
                vr:
                  etag: 9a8ad92c50cae39aa2c5604fd0ab6d8c
                  version_id: v1
            """);
    assertThat(Pipeline.open(root).status(List.of())).isEmpty();
  }

  @Test
  void aSecondPushHasNothingToDo() throws IOException {
    push();
    assertThat(push()).isEqualTo(Result.NOTHING);
    assertThat(bucket.count()).isEqualTo(3);
  }

  @Test
  void theLockListsDirectoriesFileByFile() throws IOException {
    write(
        "dvc.yaml",
        """
        stages:
          make:
            cmd: mkdir -p out && cp raw/a out/a
            deps: [raw]
            outs: [out]
        """);
    reproduce();
    var before = read("dvc.lock");
    push();
    assertThat(read("dvc.lock"))
        .isEqualTo(
            """
            schema: '2.0'
            stages:
              make:
                cmd: mkdir -p out && cp raw/a out/a
                deps:
                - path: raw
                  hash: md5
                  files:
                  - relpath: a
                    md5: 60b725f10c9c85c70d97880dfe8191b3
                  - relpath: sub/b
                    md5: 3b5d5c3712955042212316173ccf37be
                outs:
                - path: out
                  hash: md5
                  files:
                  - relpath: a
                    md5: 60b725f10c9c85c70d97880dfe8191b3
                    size: 2
                    cloud:
                      vr:
                        etag: 60b725f10c9c85c70d97880dfe8191b3
                        version_id: v1
            """);
    assertThat(Pipeline.open(root).status(List.of())).isEmpty();
    reproduce("-f");
    assertThat(read("dvc.lock")).isEqualTo(before);
  }

  private void reproduce(String... force) throws IOException {
    var options =
        force.length == 0
            ? ReproOptions.DEFAULT
            : ReproOptions.DEFAULT.with(ReproOptions.Flag.FORCE);
    Pipeline.open(root).reproduce(options, new ReproListener() {});
  }

  @Test
  void filesThatDidNotChangeKeepTheirVersions() throws IOException {
    push();
    write("raw/sub/b", "other\n");
    write("raw/c", "c\n");
    add("raw");
    assertThat(read("raw.dvc"))
        .startsWith(PUSHED.substring(0, PUSHED.indexOf("  - relpath: sub/b")))
        .endsWith(
            """
              - relpath: c
                md5: 2cd6ee2c70b0bde53fbe6cac3c8b8bb1
                size: 2
              - relpath: sub/b
                md5: ba7790b1708b71cb2b61b1a30d824712
                size: 6
            """);
    assertThat(push().moved()).isEqualTo(2);
    assertThat(read("raw.dvc")).contains("version_id: v2");
  }

  @Test
  void theRecordedVersionsAreFetchedThoughThereAreNewer() throws IOException {
    push();
    bucket.put("store/f", "newer\n".getBytes(UTF_8));
    emptyTheCache();
    assertThat(fetch().moved()).isEqualTo(3);
    assertThat(fetch()).isEqualTo(Result.NOTHING);
    Files.delete(root.resolve("f"));
    Files.delete(root.resolve("raw/a"));
    new DataStore(Pipeline.open(root)).checkout(List.of(), false);
    assertThat(read("f") + read("raw/a")).isEqualTo("f\na\n");
  }

  @Test
  void aPartOfADirectoryIsFetchedAlone() throws IOException {
    push();
    emptyTheCache();
    assertThat(fetch("raw/sub").moved()).isEqualTo(1);
    assertThat(compare()).containsKeys("raw/a", "f").doesNotContainKey("raw/sub/b");
  }

  @Test
  void aPartOfADirectoryIsPushedAndTheRestStaysRecorded() throws IOException {
    assertThat(push("raw/sub").moved()).isEqualTo(1);
    assertThat(read("raw.dvc"))
        .contains(
            "  - relpath: a\n    md5: 60b725f10c9c85c70d97880dfe8191b3\n  - relpath: sub/b\n");
    assertThat(push().moved()).isEqualTo(2);
    assertThat(read("raw.dvc")).isEqualTo(PUSHED);
  }

  @Test
  void aFileThatFailsLeavesTheOthersRecorded() throws IOException {
    bucket.broken.add("store/raw/sub/b");
    var result = push();
    assertThat(result.failed())
        .extracting(failure -> failure.object().name())
        .containsExactly("raw/sub/b");
    assertThat(read("raw.dvc")).contains("relpath: sub/b").containsOnlyOnce("version_id");
    assertThat(Pipeline.open(root).status(List.of())).isEmpty();
    bucket.broken.clear();
    assertThat(push().moved()).isEqualTo(1);
    assertThat(read("raw.dvc")).isEqualTo(PUSHED);
  }

  @Test
  void whatCannotBePushedAtAllStaysRecordedAsItWas() throws IOException {
    var before = read("raw.dvc");
    bucket.broken.addAll(Set.of("store/raw/a", "store/raw/sub/b", "store/f"));
    assertThat(push().failures()).isEqualTo(3);
    assertThat(read("raw.dvc")).isEqualTo(before);
  }

  @Test
  void whatArrivedAndWasNotRecordedIsFoundByItsContent() throws IOException {
    var before = read("raw.dvc");
    push();
    Files.writeString(root.resolve("raw.dvc"), before);
    assertThat(push().moved()).isZero();
    assertThat(read("raw.dvc")).isEqualTo(PUSHED);
  }

  @Test
  void contentThatNobodyHasIsMissingAndNeverTakenForWhatIsThere() throws IOException {
    push();
    write("f", "changed\n");
    add("f");
    var changed = read("f.dvc");
    emptyTheCache();
    assertThat(push().missing()).extracting(StoredObject::name).containsExactly("f");
    assertThat(read("f.dvc")).isEqualTo(changed);
    assertThat(compare()).containsEntry("f", Difference.MISSING);
    assertThat(fetch().missing()).extracting(StoredObject::name).containsExactly("f");
  }

  @Test
  void bytesThatAreNotThoseRecordedNeverReachTheCache() throws IOException {
    push();
    emptyTheCache();
    bucket.replace("store/f", "v1", "x\n".getBytes(UTF_8));
    assertThat(fetch().failed())
        .singleElement()
        .satisfies(failure -> assertThat(failure.reason()).contains("version v1"));
    assertThat(compare()).containsOnlyKeys("f");
  }

  @Test
  void aVersionThatIsGoneFailsAndIsPushedAgain() throws IOException {
    push();
    bucket.forget("store/f");
    assertThat(compare()).containsExactly(Map.entry("f", Difference.NEW));
    assertThat(push().moved()).isEqualTo(1);
    bucket.forget("store/f");
    emptyTheCache();
    assertThat(fetch().failed())
        .extracting(FailedObject::reason)
        .containsExactly("remote 'vr' lost version v1 of it");
  }

  @Test
  void aVersionOfAnotherRemoteIsToldByItsName() throws IOException {
    push();
    bucket.forget("store/f");
    Files.writeString(root.resolve("f.dvc"), read("f.dvc").replace("vr:", "backup:"));
    emptyTheCache();
    assertThat(fetch().failed())
        .singleElement()
        .satisfies(failure -> assertThat(failure.reason()).contains("with -r backup"));
  }

  @Test
  void anotherRepositoryGetsTheContentsThatItAsksFor(@TempDir Path cache) throws IOException {
    push();
    emptyTheCache();
    var pipeline = Pipeline.open(root);
    var listing = used(pipeline, "raw").getFirst().content().hash();
    layout(pipeline).fetchInto(cache, Set.of(listing, B));
    var there = new ContentCache(cache);
    assertThat(there.contains(listing)).isTrue();
    assertThat(there.contains(B)).isTrue();
    assertThat(there.containsAll(listing)).isFalse();
    assertThat(layout(pipeline).url(B, "raw/sub/b"))
        .isEqualTo("s3://b/store/raw/sub/b?versionId=v1");
    assertThat(layout(pipeline).url(listing, "raw")).isEqualTo("s3://b/store/raw");
  }

  @Test
  void commentsStay() throws IOException {
    Files.writeString(
        root.resolve("f.dvc"),
        """
        outs:
        # ours
        - md5: 9a8ad92c50cae39aa2c5604fd0ab6d8c # as it was
          size: 2
          hash: md5
          path: f
          desc: "why"
        """);
    push("f");
    assertThat(read("f.dvc"))
        .isEqualTo(
            """
            outs:
            # ours
            - md5: 9a8ad92c50cae39aa2c5604fd0ab6d8c # as it was
              size: 2
              hash: md5
              path: f
              desc: "why"
              cloud:
                vr:
                  etag: 9a8ad92c50cae39aa2c5604fd0ab6d8c
                  version_id: v1
            """);
  }

  @Test
  void aBucketWithoutVersionsGetsNothing() throws IOException {
    bucket.kept = false;
    assertThatThrownBy(this::push)
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("the bucket of s3://b/store keeps no versions");
    assertThat(bucket.count()).isZero();
  }

  @Test
  void aStoreThatTellsNoVersionsIsRefused() throws IOException {
    var pipeline = Pipeline.open(root);
    var session = session(pipeline, new KeptVersions.Bucket(Optional.empty()), "vr");
    assertThatThrownBy(() -> Layout.of(pipeline, session))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("use `dvc` with s3://b/store");
  }

  @Test
  void aRecordedFileCannotLeaveItsDirectory() throws IOException {
    Files.writeString(root.resolve("raw.dvc"), PUSHED.replace("sub/b", "../b"));
    assertThatThrownBy(() -> Pipeline.open(root).nodes())
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("'../b' leaves the directory");
  }

  @Test
  void anEmptyListIsAnEmptyDirectory() throws IOException {
    Files.createDirectory(root.resolve("none"));
    Files.writeString(root.resolve("none.dvc"), "outs:\n- hash: md5\n  path: none\n  files: []\n");
    assertThat(fetch("none")).isEqualTo(Result.NOTHING);
    assertThat(Pipeline.open(root).status(List.of("none.dvc"))).isEmpty();
    assertThat(push("none")).isEqualTo(Result.NOTHING);
  }
}
