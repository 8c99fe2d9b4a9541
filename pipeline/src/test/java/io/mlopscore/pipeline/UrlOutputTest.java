package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.StageResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stages that write behind URLs.
final class UrlOutputTest {
  @TempDir private Path folder;
  private Path here;
  private Path bucket;

  /// A server whose buckets are folders, so that commands of stages can write to them.
  private record Buckets(Path folder) implements UrlContents {
    @Override
    public Optional<UrlContent> find(Config config, String url) throws IOException {
      var file = file(url);
      return Files.isRegularFile(file)
          ? Optional.of(new UrlContent("etag", Md5.of(file), Files.size(file), 0))
          : Files.isDirectory(file)
              ? Optional.of(new UrlContent("md5", "0".repeat(32) + ".dir", 1, 1))
              : Optional.empty();
    }

    @Override
    public void remove(Config config, String url) throws IOException {
      Trees.remove(file(url));
    }

    private Path file(String url) {
      return folder.resolve(url.substring("s3://".length()));
    }
  }

  @BeforeEach
  void begin() throws IOException {
    here = Files.createDirectories(folder.resolve("here"));
    bucket = Files.createDirectories(folder.resolve("bucket"));
    Repository.init(here);
  }

  private void stages(String text) throws IOException {
    Files.writeString(here.resolve("dvc.yaml"), text);
  }

  private void stage(String command) throws IOException {
    stages(
        "stages:\n  s:\n    cmd: %s\n    outs:\n    - s3://bucket/x: {cache: false}\n"
            .formatted(command));
  }

  private Pipeline pipeline() throws IOException {
    return Pipeline.open(here, new Buckets(folder));
  }

  private List<Outcome> run() throws IOException {
    return pipeline().reproduce(ReproOptions.DEFAULT, new ReproListener() {}).stream()
        .map(StageResult::outcome)
        .toList();
  }

  private String status() throws IOException {
    var pipeline = pipeline();
    return new StatusText(pipeline).json(pipeline.status(List.of()));
  }

  private static String changed(String what) {
    return "{\"s\": [{\"changed outs\": {\"s3://bucket/x\": \"%s\"}}]}\n".formatted(what);
  }

  @Test
  void theLockHoldsWhatTheServerTellsContentsApartBy() throws IOException {
    stage("echo one > ../bucket/x");
    assertThat(run()).hasOnlyElementsOfType(Outcome.Ran.class);
    assertThat(here.resolve("dvc.lock"))
        .content()
        .endsWith(
            """
                outs:
                - path: s3://bucket/x
                  hash: md5
                  etag: 5bbf5a52328e7439ae6e719dfe712200
                  size: 4
            """);
    assertThat(status()).isEqualTo("{}\n");
    assertThat(run()).containsExactly(new Outcome.Unchanged());
  }

  @Test
  void whatChangedOrWentThereIsTold() throws IOException {
    stage("echo one > ../bucket/x");
    assertThat(status()).isEqualTo(changed("deleted"));
    run();
    Files.writeString(bucket.resolve("x"), "two\n");
    assertThat(status()).isEqualTo(changed("modified"));
    Files.delete(bucket.resolve("x"));
    assertThat(status()).isEqualTo(changed("deleted"));
    assertThat(run()).hasOnlyElementsOfType(Outcome.Ran.class);
    assertThat(status()).isEqualTo("{}\n");
  }

  @Test
  void whyIsExplained() throws IOException {
    stage("echo one > ../bucket/x");
    run();
    Files.delete(bucket.resolve("x"));
    var pipeline = pipeline();
    var changes = pipeline.status(List.of());
    var changed = changes.entrySet().iterator().next();
    assertThat(pipeline.explain(changed.getKey(), changed.getValue()))
        .containsExactly(
            "output s3://bucket/x was etag 5bbf5a52328e7439ae6e719dfe712200 (4 bytes), is gone");
  }

  @Test
  void aFolderIsRecordedAsOne() throws IOException {
    stage("mkdir ../bucket/x && echo > ../bucket/x/y");
    run();
    assertThat(here.resolve("dvc.lock")).content().contains("md5: 000").contains("nfiles: 1\n");
    assertThat(status()).isEqualTo("{}\n");
  }

  @Test
  void aRunBeginsWithoutWhatTheLastOneLeft() throws IOException {
    stage("test ! -e ../bucket/x && echo one > ../bucket/x");
    Files.writeString(bucket.resolve("x"), "left\n");
    assertThat(run()).hasOnlyElementsOfType(Outcome.Ran.class);
  }

  @Test
  void whatPersistsIsLeftAlone() throws IOException {
    stages(
        """
        stages:
          s:
            cmd: echo more >> ../bucket/x
            outs:
            - s3://bucket/x: {cache: false, persist: true}
        """);
    Files.writeString(bucket.resolve("x"), "left\n");
    run();
    assertThat(bucket.resolve("x")).hasContent("left\nmore\n");
  }

  @Test
  void anOutputThatIsNotWrittenFailsItsStage() throws IOException {
    stage("echo");
    assertThat(run())
        .containsExactly(
            new Outcome.Failed(
                "output 's3://bucket/x' does not exist; its command did not write it"));
    assertThat(here.resolve("dvc.lock")).doesNotExist();
  }

  /// Also where the reader names a folder around it, by way of a remote.
  @Test
  void whoReadsTheUrlRunsAfterWhoWritesIt() throws IOException {
    Files.writeString(here.resolve(".dvc/config"), "[remote \"r\"]\n    url = s3://bucket\n");
    stages(
        """
        stages:
          a:
            cmd: echo read > read
            deps: [remote://r/d]
            outs: [read]
          b:
            cmd: mkdir -p ../bucket/d && echo one > ../bucket/d/x
            outs:
            - s3://bucket/d/x: {cache: false}
        """);
    var graph = pipeline().graph();
    assertThat(graph.inOrder(graph.nodes())).extracting(Node::address).containsExactly("b", "a");
    assertThat(DagGraph.of(pipeline(), new DagGraph.View(List.of(), false, true, false)).edges())
        .containsExactly(new DagGraph.Edge("s3://bucket/d/x", "read"));
  }

  @Test
  void twoStagesCannotWriteTheSameUrl() throws IOException {
    stages(
        """
        stages:
          a: {cmd: echo, outs: [{'s3://bucket/x': {cache: false}}]}
          b: {cmd: echo, outs: [{'s3://bucket/x': {cache: false}}]}
        """);
    assertThatThrownBy(() -> pipeline().graph())
        .hasMessageContaining("output 's3://bucket/x' is written by stage 'a'");
  }

  @Test
  void anEarlierRunIsNoReasonToLeaveOneOut() throws IOException {
    Files.writeString(here.resolve("in"), "x");
    stages(
        """
        stages:
          s:
            cmd: echo one > ../bucket/x; cp in out
            deps: [in]
            outs:
            - out
            - s3://bucket/x: {cache: false}
        """);
    run();
    Files.delete(bucket.resolve("x"));
    assertThat(run()).hasOnlyElementsOfType(Outcome.Ran.class);
  }

  @Test
  void whatNobodyCouldKeepIsRefused() throws IOException {
    stages("stages:\n  s:\n    cmd: echo\n    outs:\n    - s3://bucket/x\n");
    assertThatThrownBy(this::status)
        .hasMessageContaining("dvc.yaml:2")
        .hasMessageContaining("is a URL, which no cache keeps");
    stages("stages:\n  s:\n    cmd: echo\n    outs:\n    - s3://bucket: {cache: false}\n");
    assertThatThrownBy(this::status).hasMessageContaining("is a whole bucket");
    stages("stages:\n  s:\n    cmd: echo\n    metrics:\n    - s3://bucket/m: {cache: false}\n");
    assertThatThrownBy(this::status).hasMessageContaining("read from files only");
  }

  @Test
  void aStageIsAddedAndRemovedWithWhatItWrote() throws IOException {
    var added =
        new NewStage(
            "s",
            "echo one > ../bucket/x",
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(new NewStage.Out("s3://bucket/x", Output.Kind.OUT, false, true)),
            false,
            Optional.empty());
    new StageEditor(pipeline(), here).add(added, false);
    assertThat(here.resolve("dvc.yaml"))
        .hasContent(
            """
            stages:
              s:
                cmd: echo one > ../bucket/x
                outs:
                - s3://bucket/x:
                    cache: false
                    persist: true
            """);
    run();
    new StageRemover(pipeline(), here).remove("s", true);
    assertThat(bucket.resolve("x")).doesNotExist();
    assertThat(here.resolve("dvc.yaml")).doesNotExist();
  }
}
