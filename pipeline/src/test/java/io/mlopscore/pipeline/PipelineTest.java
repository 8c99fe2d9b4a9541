package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.StageResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stages run when, and only when, something they depend on changed.
final class PipelineTest {
  private static final String STAGES =
      """
      stages:
        split:
          cmd: mkdir data && cp in.csv data/train.csv && echo split >> runs.log
          deps: [in.csv]
          params: [seed]
          outs: [data]
        train:
          cmd:
          - cat data/train.csv > model.bin
          - echo train >> runs.log
          deps: [data]
          params: [lr]
          outs: [model.bin]
        evaluate:
          cmd: |
            echo '{"acc": 0.5}' > metrics.json
            echo evaluate >> runs.log
          deps: [model.bin]
          metrics:
          - metrics.json: {cache: false}
      """;

  @TempDir private Path root;

  @BeforeEach
  void project() throws IOException {
    Repository.init(root);
    write("in.csv", "a,b\n1,2\n");
    write("params.yaml", "seed: 1\nlr: 0.001\n");
    write("dvc.yaml", STAGES);
  }

  private void write(String path, String text) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Map<String, String> repro() throws IOException {
    return repro(ReproOptions.DEFAULT);
  }

  /// The kind of outcome of each stage.
  private Map<String, String> repro(ReproOptions options) throws IOException {
    var outcomes = new LinkedHashMap<String, String>();
    for (var result : Pipeline.open(root).reproduce(options, new ReproListener() {})) {
      outcomes.put(result.node().address(), result.outcome().getClass().getSimpleName());
    }
    return outcomes;
  }

  private List<String> runs() throws IOException {
    return Files.readAllLines(root.resolve("runs.log"));
  }

  private boolean isClean() throws IOException {
    return Pipeline.open(root).status(List.of()).isEmpty();
  }

  @Test
  void stagesRunInOrderOnceAndThenRest() throws IOException {
    assertThat(repro().values()).containsOnly("Ran");
    assertThat(runs()).containsExactly("split", "train", "evaluate");
    assertThat(isClean()).isTrue();
    assertThat(repro().values()).containsOnly("Unchanged");
    assertThat(runs()).hasSize(3);
  }

  @Test
  void changedParameterRunsOnlyStagesThatReadIt() throws IOException {
    repro();
    write("params.yaml", "seed: 1\nlr: 0.002\n");
    assertThat(repro())
        .containsEntry("split", "Unchanged")
        .containsEntry("train", "Ran")
        .containsEntry("evaluate", "Unchanged");
  }

  @Test
  void equalValueInAnotherNotationIsNoChange() throws IOException {
    repro();
    write("params.yaml", "# how fast\nlr: 1e-3\nseed: 1.0\n");
    assertThat(isClean()).isTrue();
  }

  @Test
  void deletedOutputsComeBackWithoutARun() throws IOException {
    repro();
    Trees.remove(root.resolve("data"));
    Files.delete(root.resolve("model.bin"));
    assertThat(repro()).containsEntry("split", "Restored").containsEntry("train", "Restored");
    assertThat(root.resolve("data/train.csv")).hasContent("a,b\n1,2\n");
    assertThat(runs()).hasSize(3);
  }

  @Test
  void resultsOfAnEarlierRunAreTakenAgain() throws IOException {
    repro();
    write("in.csv", "other");
    repro();
    write("in.csv", "a,b\n1,2\n");
    assertThat(repro().values()).containsOnly("Restored");
    assertThat(root.resolve("model.bin")).hasContent("a,b\n1,2\n");
  }

  @Test
  void forceRunsEverything() throws IOException {
    repro();
    assertThat(repro(ReproOptions.DEFAULT.with(ReproOptions.Flag.FORCE)).values())
        .containsOnly("Ran");
  }

  @Test
  void anOutputWithNothingInItIsWarnedOf() throws IOException {
    write("dvc.yaml", "stages: {idle: {cmd: touch nought, outs: [nought]}}\n");
    var warnings = new ArrayList<String>();
    var listener =
        new ReproListener() {
          @Override
          public void warned(String message) {
            warnings.add(message);
          }
        };
    Pipeline.open(root).reproduce(ReproOptions.DEFAULT, listener);
    assertThat(warnings).containsExactly("'nought' is empty.");
  }

  @Test
  void whatIsNotAskedAboutIsTakenFromEarlierRuns() throws IOException {
    repro();
    assertThat(repro(ReproOptions.DEFAULT.with(ReproOptions.Flag.UNASKED)).values())
        .containsOnly("Restored");
  }

  @Test
  void aForcedRunWithTheSameResultLeavesTheLock() throws IOException {
    repro();
    write("params.yaml", "# other lines\n\nseed: 1\nlr: 0.001\n");
    var written = new ArrayList<Path>();
    var listener =
        new ReproListener() {
          @Override
          public void lockWritten(Path file, boolean created) {
            written.add(file);
          }
        };
    Pipeline.open(root).reproduce(ReproOptions.DEFAULT.with(ReproOptions.Flag.FORCE), listener);
    assertThat(runs()).hasSize(6);
    assertThat(written).isEmpty();
  }

  @Test
  void aForcedDryRunTakesNoResultsOfEarlierRuns() throws IOException {
    repro();
    Files.delete(root.resolve("dvc.lock"));
    var restored = new ArrayList<Stage>();
    var listener =
        new ReproListener() {
          @Override
          public void restored(Stage stage) {
            restored.add(stage);
          }
        };
    Pipeline.open(root).reproduce(dry(true), listener);
    assertThat(restored).isEmpty();
  }

  @Test
  void aPatternThatMatchesNothingIsNamed() {
    var selection = new StageSelection(List.of("zzz*"), StageSelection.Scope.UPSTREAM, false, true);
    assertThatThrownBy(() -> repro(ReproOptions.DEFAULT.select(selection)))
        .isInstanceOf(PipelineException.class)
        .hasMessageStartingWith("no stage matches 'zzz*'");
  }

  @Test
  void ofSeveralBrokenFilesTheOneHereIsNamed() throws IOException {
    write("a/dvc.yaml", "stages: [\n");
    write("b/dvc.yaml", "stages: {s: {cmd: 5}}\n");
    assertThatThrownBy(
            () ->
                Pipeline.open(root.resolve("b"))
                    .reproduce(ReproOptions.DEFAULT, new ReproListener() {}))
        .hasMessageStartingWith("b/dvc.yaml");
  }

  @Test
  void aTargetBringsWhatItDependsOnUnlessSingle() throws IOException {
    assertThat(repro(ReproOptions.DEFAULT.select(StageSelection.of(List.of("train")))))
        .containsOnlyKeys("split", "train");
    assertThat(
            repro(
                ReproOptions.DEFAULT.select(
                    new StageSelection(
                        List.of("train"), StageSelection.Scope.SINGLE, false, false))))
        .containsOnlyKeys("train");
  }

  private static ReproOptions dry(boolean force) {
    var dry = ReproOptions.DEFAULT.with(ReproOptions.Flag.DRY);
    return force ? dry.with(ReproOptions.Flag.FORCE) : dry;
  }

  @Test
  void aDryRunNamesAllThatWouldRunAndRunsNothing() throws IOException {
    assertThat(repro(dry(false)).values()).containsExactly("WouldRun", "WouldRun", "WouldRun");
    assertThat(root.resolve("dvc.lock")).doesNotExist();
  }

  @Test
  void aFailureKeepsWhatWasFinishedAndStopsWhatFollows() throws IOException {
    write("dvc.yaml", STAGES.replace("echo train >> runs.log", "exit 3"));
    var keepGoing = ReproOptions.DEFAULT.onError(ReproOptions.OnError.KEEP_GOING);
    assertThat(repro(keepGoing))
        .containsEntry("split", "Ran")
        .containsEntry("train", "Failed")
        .containsEntry("evaluate", "Blocked");
    write("dvc.yaml", STAGES);
    assertThat(repro()).containsEntry("split", "Unchanged").containsEntry("train", "Ran");
  }

  @Test
  void aCommandThatDoesNotWriteItsOutputFails() throws IOException {
    write("dvc.yaml", "stages:\n  a:\n    cmd: 'true'\n    outs: [missing]\n");
    var results = Pipeline.open(root).reproduce(ReproOptions.DEFAULT, new ReproListener() {});
    assertThat(results.getFirst().outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.message()).contains("'missing'"));
  }

  @Test
  void aMissingParameterIsNamed() throws IOException {
    write("params.yaml", "seed: 1\n");
    var results = Pipeline.open(root).reproduce(ReproOptions.DEFAULT, new ReproListener() {});
    assertThat(results.getLast().outcome())
        .isEqualTo(new Outcome.Failed("Parameters 'lr' are missing from 'params.yaml'."));
  }

  @Test
  void cacheObjectsAreReadOnlyAndWrongOnesAreDropped() throws IOException {
    repro();
    var cache = new ContentCache(root.resolve(".dvc/cache"));
    var hash = new Hash(Md5.of(root.resolve("model.bin")));
    var object = cache.object(hash);
    assertThat(Files.getPosixFilePermissions(object))
        .isEqualTo(PosixFilePermissions.fromString("r--r--r--"));
    Files.setPosixFilePermissions(object, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(cache.contains(hash)).isTrue();
    Files.setPosixFilePermissions(object, PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(object, "damaged");
    assertThat(cache.contains(hash)).isFalse();
    assertThat(object).doesNotExist();
  }

  @Test
  void twoLinesOfACommandAreTwoShells() throws IOException {
    write(
        "dvc.yaml", "stages:\n  a:\n    cmd: |\n      cd ..\n      touch here\n    outs: [here]\n");
    assertThat(repro()).containsEntry("a", "Ran");
  }

  @Test
  void commandsKnowTheirStageAndRepository() throws IOException {
    write("dvc.yaml", "stages:\n  a:\n    cmd: echo $DVC_STAGE $DVC_ROOT > o\n    outs: [o]\n");
    repro();
    assertThat(root.resolve("o")).hasContent("a " + root + "\n");
  }

  @Test
  void whoHoldsTheLockKeepsOthersOut() throws IOException {
    try (var _ = Pipeline.open(root).lock()) {
      assertThatThrownBy(
              () -> Pipeline.open(root).reproduce(ReproOptions.DEFAULT, new ReproListener() {}))
          .isInstanceOf(PipelineException.class)
          .hasMessageContaining("Unable to acquire lock");
    }
    assertThat(repro().values()).containsOnly("Ran");
  }

  @Test
  void withoutARepositoryTheErrorSaysWhatToDo(@TempDir Path elsewhere) {
    assertThatThrownBy(() -> Pipeline.open(elsewhere))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("mlops init");
  }
}
