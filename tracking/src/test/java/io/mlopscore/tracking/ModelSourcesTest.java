package io.mlopscore.tracking;

import static io.mlopscore.tracking.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Callers elsewhere register only files that are theirs.
@NullUnmarked
class ModelSourcesTest {
  @TempDir Path folder;
  private Tracking tracking;
  private RunInfo run;

  @BeforeEach
  void open() {
    tracking = Tracking.open(Tracking.DEFAULT_URI, folder);
    run = tracking.store().createRun(new NewRun("0", "r", "ada", 1, Map.of())).info();
    tracking.registry().createRegisteredModel("M", Map.of(), "");
  }

  @AfterEach
  void close() {
    tracking.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://bucket/../x",
        "s3://bucket/%2e%2e/x",
        "s3://bucket/%252e%252e/x",
        "s3://bucket/a/./b",
        "s3://bucket",
        "mlflow-artifacts:/0/other/artifacts/m",
        "mlflow-artifacts:/0/x#/../../etc",
        "mlflow-artifacts:/..%2f..%2fetc",
        "runs:/someone/m",
        "models:/m-00000000000000000000000000000000",
        "/etc",
        "../etc",
        "etc",
        "file:///etc",
        "file://elsewhere/etc",
        "s3://bucket\\..\\x"
      })
  void sourceThatIsNotTheCallersIsRefused(String source) {
    assertRefused(
        () -> checked(source, null),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid model version source: '" + source + "'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://elsewhere/m", "ftp://elsewhere/m", "mlflow-artifacts://h/m"})
  void sourceOnAnotherHostIsRefusedUnlessTheOperatorAllowsIt(String source) {
    assertRefused(
        () -> checked(source, null),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Set the MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES environment variable");
    var lenient = SourcePolicy.of(Map.of(SourcePolicy.HOST_SCHEMES, "http, ftp"));
    var asked = NewModelVersion.of("M", "ftp://elsewhere/m");
    assertThat(new ModelSources(tracking, lenient).checked(asked).source())
        .isEqualTo("ftp://elsewhere/m");
  }

  @Test
  void filesOfTheRunThatIsNamedAreAccepted() {
    var source = run.artifactUri() + "/model";
    assertThat(checked(source, run.runId()).source()).isEqualTo(source);
    assertThat(checked("runs:/" + run.runId() + "/model", run.runId()).runId())
        .isEqualTo(run.runId());
    assertThat(checked("s3://bucket/model", null).runId()).isEmpty();
  }

  @Test
  void linkOutOfALocalFolderIsNoFileInIt() throws Exception {
    var root = Files.createDirectories(folder.resolve("runs/artifacts"));
    Files.createDirectories(root.resolve("model"));
    var outside = Files.createDirectories(folder.resolve("outside"));
    Files.createSymbolicLink(root.resolve("link"), outside);
    var inside = uri(root.resolve("model").toString());
    assertThat(inside.isFileWithin(root.toString())).isTrue();
    assertThat(inside.isFileWithin("file://" + root)).isTrue();
    assertThat(uri(root.resolve("link/secret").toString()).isFileWithin(root.toString())).isFalse();
    assertThat(uri(root + "/model/../../other").isFileWithin(root.toString())).isFalse();
    assertThat(uri(root + "-other").isFileWithin(root.toString())).isFalse();
  }

  private static SourceUri uri(String text) {
    return SourceUri.of(text, SourcePolicy.of(Map.of()));
  }

  @Test
  void sourceThatIsAVersionIsBoundToItsNumberAndRun() {
    tracking.registry().createVersion("M", run.artifactUri() + "/m", run.runId(), null, Map.of());
    tracking.registry().createVersion("M", "s3://bucket/m", null, null, Map.of());
    tracking.registry().setAlias("M", "champion", 1);
    for (var source : new String[] {"models:/M/1", "models:/M@champion"}) {
      var bound = checked(source, null);
      assertThat(bound.source()).isEqualTo("models:/M/1");
      assertThat(bound.runId()).isEqualTo(run.runId());
    }
    assertThat(checked("models:/M/latest", null).source()).isEqualTo("models:/M/2");
    assertRefused(
        () -> checked("models:/M/1", "another"),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "must match the referenced model version");
  }

  @Test
  void operatorMayNarrowSources() {
    var policy = SourcePolicy.of(Map.of(SourcePolicy.PATTERN, "^s3://ours/"));
    var sources = new ModelSources(tracking, policy);
    assertThat(sources.checked(NewModelVersion.of("M", "s3://ours/m")).source())
        .isEqualTo("s3://ours/m");
    assertRefused(
        () -> sources.checked(NewModelVersion.of("M", "s3://theirs/m")),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid model version source: 's3://theirs/m'.");
  }

  @Test
  void promptHasAPlaceholderForASource() {
    var tags = Map.of(Prompts.TAG, "true");
    var asked = new NewModelVersion("M", "dummy-source", null, null, tags, "", "");
    var sources = new ModelSources(tracking, SourcePolicy.of(Map.of()));
    assertThat(sources.checked(asked).source()).isEqualTo("dummy-source");
    assertRefused(
        () -> sources.checked(asked.from("s3://bucket/m", null)),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid prompt source: 's3://bucket/m'.");
  }

  private NewModelVersion checked(String source, String runId) {
    return new ModelSources(tracking, SourcePolicy.of(Map.of()))
        .checked(new NewModelVersion("M", source, runId, null, Map.of(), "", ""));
  }
}
