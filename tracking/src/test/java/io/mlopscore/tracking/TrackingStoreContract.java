package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.ViewType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every tracking store does, in process or behind a server.
interface TrackingStoreContract {
  TrackingStore store();

  @Test
  default void newStoreHasTheDefaultExperiment() {
    assertThat(store().experiment("0").name()).isEqualTo("Default");
  }

  @Test
  default void experimentIsFoundByNameAndById() {
    var id = store().createExperiment("wine", Map.of("team", "red"));
    assertThat(store().experimentByName("wine").orElseThrow()).isEqualTo(store().experiment(id));
    assertThat(store().experiment(id).tags()).containsEntry("team", "red");
    assertThat(store().experiments()).extracting(Experiment::name).contains("wine", "Default");
  }

  @Test
  default void experimentNameIsTakenOnce() {
    store().createExperiment("twice", Map.of());
    assertRefused(
        () -> store().createExperiment("twice", Map.of()),
        ErrorCode.RESOURCE_ALREADY_EXISTS,
        "Experiment(name=twice) already exists.");
  }

  @Test
  default void absentExperimentIsNamed() {
    assertRefused(
        () -> store().experiment("999"),
        ErrorCode.RESOURCE_DOES_NOT_EXIST,
        "No Experiment with id=999 exists");
    assertThat(store().experimentByName("nobody")).isEmpty();
  }

  @Test
  default void runStartsRunningAndEndsFinished() {
    var run = start("life");
    assertThat(run.info().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(run.info().endTime()).isNull();
    store().endRun(run.info().runId(), RunStatus.FINISHED, 2_000);
    var ended = store().run(run.info().runId()).info();
    assertThat(ended.status()).isEqualTo(RunStatus.FINISHED);
    assertThat(ended.endTime()).isEqualTo(2_000);
  }

  @Test
  default void activityCountsActiveRunsOfEachExperiment() {
    var busy = store().createExperiment("busy", Map.of());
    var idle = store().createExperiment("idle", Map.of());
    store().createRun(new NewRun(busy, "a", "ada", 5, Map.of()));
    var ended = store().createRun(new NewRun(busy, "b", "ada", 6, Map.of())).info().runId();
    store().endRun(ended, RunStatus.FINISHED, 70);
    var gone = store().createRun(new NewRun(busy, "c", "ada", 90, Map.of())).info().runId();
    store().deleteRun(gone);
    assertThat(store().activity(List.of(busy, idle)))
        .isEqualTo(Map.of(busy, new ExperimentActivity(2, 70)));
  }

  @Test
  default void readerBesideAWriterSeesWholeBatches() throws Exception {
    var id = start("whole").info().runId();
    store().log(id, numbered(0));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writing =
          threads.submit(
              () -> IntStream.range(1, 200).forEach(number -> store().log(id, numbered(number))));
      while (!writing.isDone()) {
        assertWhole(store().run(id));
        store().runs("0", 100).stream()
            .filter(run -> run.info().runId().equals(id))
            .forEach(TrackingStoreContract::assertWhole);
      }
      writing.get();
    }
  }

  private static RunBatch numbered(int number) {
    return new RunBatch(
        List.of(new Metric("n", number, 1, number)),
        Map.of(),
        Map.of("n", Integer.toString(number)));
  }

  private static void assertWhole(Run run) {
    assertThat(run.tags().get("n"))
        .isEqualTo(Long.toString((long) run.metrics().getFirst().value()));
  }

  @Test
  default void changeOfStateAloneLeavesTheEnd() {
    var id = start("resumed").info().runId();
    store().updateRun(id, RunStatus.RUNNING, null);
    assertThat(store().run(id).info().endTime()).isNull();
    store().updateRun(id, null, 3_000L);
    assertThat(store().run(id).info().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(store().run(id).info().endTime()).isEqualTo(3_000);
  }

  @Test
  default void historyLongerThanAPageIsWhole() {
    var id = start("long").info().runId();
    for (var first = 0; first < 26_000; first += 1000) {
      var points = new ArrayList<Metric>();
      for (var step = first; step < first + 1000; step++) {
        points.add(new Metric("loss", 0.5, step, step));
      }
      store().log(id, new RunBatch(points, Map.of(), Map.of()));
    }
    assertThat(store().history(id, "loss"))
        .hasSize(26_000)
        .last()
        .isEqualTo(new Metric("loss", 0.5, 25_999, 25_999));
  }

  @Test
  default void runHasItsOwnArtifactFolder() {
    var run = start("artifacts").info();
    assertThat(run.artifactUri())
        .endsWith("/" + run.experimentId() + "/" + run.runId() + "/artifacts");
  }

  @Test
  default void runWithoutANameGetsOne() {
    var experiment = store().createExperiment("nameless", Map.of());
    var run = store().createRun(new NewRun(experiment, "", "ada", 1_000, Map.of()));
    assertThat(run.info().runName()).matches("[a-z]+-[a-z]+-[0-9]+");
    assertThat(run.tags()).containsEntry("mlflow.runName", run.info().runName());
  }

  @Test
  default void absentRunIsNamed() {
    assertRefused(
        () -> store().run("0123"), ErrorCode.RESOURCE_DOES_NOT_EXIST, "Run with id=0123 not found");
  }

  @Test
  default void loggedValuesComeBack() {
    var id = start("values").info().runId();
    store()
        .log(
            id,
            new RunBatch(
                List.of(new Metric("loss", 0.25, 10, 1)),
                Map.of("depth", "10", "größe/x", "ünïcode"),
                Map.of("note", "first")));
    var run = store().run(id);
    assertThat(run.metrics()).containsExactly(new Metric("loss", 0.25, 10, 1));
    assertThat(run.params()).containsEntry("depth", "10").containsEntry("größe/x", "ünïcode");
    assertThat(run.tags()).containsEntry("note", "first");
  }

  @Test
  default void latestMetricIsTheOneOfTheHighestStep() {
    var id = start("latest").info().runId();
    logMetrics(id, new Metric("loss", 0.5, 10, 2), new Metric("loss", 0.9, 20, 1));
    assertThat(store().run(id).metrics()).containsExactly(new Metric("loss", 0.5, 10, 2));
    assertThat(store().history(id, "loss"))
        .containsExactly(new Metric("loss", 0.5, 10, 2), new Metric("loss", 0.9, 20, 1));
  }

  @Test
  default void samePointTwiceIsOnePoint() {
    var id = start("twice-logged").info().runId();
    var point = new Metric("loss", 0.5, 10, 2);
    logMetrics(id, point);
    logMetrics(id, point);
    assertThat(store().history(id, "loss")).containsExactly(point);
  }

  @Test
  default void notANumberAndInfinityAreKeptAsMlflowKeepsThem() {
    var id = start("odd").info().runId();
    logMetrics(
        id,
        new Metric("nan", Double.NaN, 1, 0),
        new Metric("up", Double.POSITIVE_INFINITY, 1, 0),
        new Metric("down", Double.NEGATIVE_INFINITY, 1, 0));
    var values = new HashMap<String, Double>();
    store().run(id).metrics().forEach(metric -> values.put(metric.key(), metric.value()));
    assertThat(values)
        .containsEntry("nan", Double.NaN)
        .containsEntry("up", Double.MAX_VALUE)
        .containsEntry("down", -Double.MAX_VALUE);
  }

  @Test
  default void notANumberIsOlderThanAnyLaterStep() {
    var id = start("nan-latest").info().runId();
    logMetrics(id, new Metric("loss", Double.NaN, 5, 1), new Metric("loss", -1, 5, 1));
    assertThat(store().run(id).metrics()).containsExactly(new Metric("loss", Double.NaN, 5, 1));
    logMetrics(id, new Metric("loss", 0.5, 5, 1));
    assertThat(store().run(id).metrics()).containsExactly(new Metric("loss", 0.5, 5, 1));
  }

  @Test
  default void wholeNumbersOf64BitsComeBack() {
    var id = start("extremes").info().runId();
    var points =
        new Metric[] {
          new Metric("low", -Double.MIN_VALUE, 0, Long.MIN_VALUE),
          new Metric("top", 0.1 + 0.2, Long.MAX_VALUE, Long.MAX_VALUE)
        };
    logMetrics(id, points);
    assertThat(store().run(id).metrics()).containsExactly(points);
  }

  @Test
  default void keysMayBeOfAnyAlphabet() {
    var id = start("alphabets").info().runId();
    var keys = List.of("größe/δ", "損失 1", "потеря:x_2", "a.b-c");
    for (var key : keys) {
      store()
          .log(
              id,
              new RunBatch(
                  List.of(new Metric(key, 1, 1, 1)),
                  Map.of(key, "値 🎉"),
                  Map.of(key, "'\"\n\t%_")));
    }
    var run = store().run(id);
    assertThat(run.metrics()).extracting(Metric::key).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(run.params()).hasSize(4).containsEntry("損失 1", "値 🎉");
    assertThat(run.tags()).containsEntry("größe/δ", "'\"\n\t%_");
  }

  @Test
  default void longValuesAreCutAtMlflowsLimits() {
    var id = start("long-values").info().runId();
    store()
        .log(
            id,
            new RunBatch(List.of(), Map.of("p", "🎉".repeat(6001)), Map.of("t", "x".repeat(8001))));
    assertThat(store().run(id).params()).containsEntry("p", "🎉".repeat(6000));
    assertThat(store().run(id).tags()).containsEntry("t", "x".repeat(8000));
  }

  @Test
  default void timeOfAMetricIsNotNegative() {
    var id = start("negative-time").info().runId();
    assertRefused(
        () -> logMetrics(id, new Metric("m", 1, -1, 0)),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid value -1 for parameter 'timestamp' supplied");
  }

  @Test
  default void sameBatchTwiceChangesNothing() {
    var id = start("retried").info().runId();
    var batch =
        new RunBatch(
            List.of(new Metric("m", Double.NaN, 1, 1), new Metric("m", 2, 2, 2)),
            Map.of("p", "1"),
            Map.of("t", "1"));
    store().log(id, batch);
    var once = store().run(id);
    store().log(id, batch);
    assertThat(store().run(id)).isEqualTo(once);
    assertThat(store().history(id, "m")).hasSize(2);
  }

  @Test
  default void pointOfALoggedModelIsAlsoTheRuns() {
    var run = start("measured").info();
    var model =
        store()
            .createLoggedModel(
                new NewLoggedModel(run.experimentId(), "m", null, run.runId(), Map.of(), Map.of()));
    logMetrics(run.runId(), new Metric("acc", 0.5, 1, 1, model.modelId(), "iris", "abc"));
    logMetrics(run.runId(), new Metric("acc", 0.5, 1, 1, model.modelId(), "iris", "abc"));
    assertThat(store().history(run.runId(), "acc")).containsExactly(new Metric("acc", 0.5, 1, 1));
  }

  @Test
  default void pointOfAnUnknownModelIsRefused() {
    var run = start("unmeasured").info().runId();
    assertThatThrownBy(() -> logMetrics(run, new Metric("m", 1, 1, 1, "m-0", null, null)))
        .isInstanceOfSatisfying(
            TrackingException.class, e -> assertThat(e.code().httpStatus()).isEqualTo(400));
    assertThat(store().run(run).metrics()).isEmpty();
  }

  @Test
  default void paramCannotChangeButMayBeRepeated() {
    var id = start("params").info().runId();
    store().log(id, new RunBatch(List.of(), Map.of("p", "1"), Map.of()));
    store().log(id, new RunBatch(List.of(), Map.of("p", "1"), Map.of()));
    assertRefused(
        () -> store().log(id, new RunBatch(List.of(), Map.of("p", "2"), Map.of())),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Changing param values is not allowed. Param with key='p' was already logged");
  }

  @Test
  default void refusedBatchLeavesNothing() {
    var id = start("atomic").info().runId();
    var good = new Metric("good", 1, 1, 0);
    var bad = new Metric("../bad", 1, 1, 0);
    assertThatThrownBy(
            () -> store().log(id, new RunBatch(List.of(good, bad), Map.of("p", "1"), Map.of())))
        .isInstanceOf(TrackingException.class);
    assertThat(store().run(id).metrics()).isEmpty();
    assertThat(store().run(id).params()).isEmpty();
  }

  @Test
  default void tagIsOverwritten() {
    var id = start("tags").info().runId();
    store().log(id, new RunBatch(List.of(), Map.of(), Map.of("t", "old")));
    store().log(id, new RunBatch(List.of(), Map.of(), Map.of("t", "new")));
    assertThat(store().run(id).tags()).containsEntry("t", "new");
  }

  @Test
  default void datasetsAreInputsOfTheRun() {
    var id = start("datasets").info().runId();
    var input =
        new DatasetInput(
            new Dataset("iris", "abc123", "local", "{\"uri\": \"iris.csv\"}", null, "{}"),
            Map.of("mlflow.data.context", "training"));
    store().logInputs(id, List.of(input));
    store().logInputs(id, List.of(input));
    assertThat(store().run(id).inputs()).containsExactly(input);
  }

  @Test
  default void runsOfAnExperimentComeNewestFirst() {
    var experiment = store().createExperiment("many", Map.of());
    for (var start : new long[] {1_000, 3_000, 2_000}) {
      store().createRun(new NewRun(experiment, "at-" + start, "ada", start, Map.of()));
    }
    assertThat(store().runs(experiment, 2))
        .extracting(run -> run.info().runName())
        .containsExactly("at-3000", "at-2000");
  }

  @Test
  default void loggedModelBecomesReady() {
    var run = start("models").info();
    var pending =
        store()
            .createLoggedModel(
                new NewLoggedModel(
                    run.experimentId(),
                    "forest",
                    "classifier",
                    run.runId(),
                    Map.of("trees", "200"),
                    Map.of("kind", "test")));
    assertThat(pending.status()).isEqualTo(LoggedModel.Status.PENDING);
    assertThat(pending.artifactUri()).endsWith("/models/" + pending.modelId() + "/artifacts");
    store().logOutput(run.runId(), pending.modelId(), 0);
    var ready = store().finishLoggedModel(pending.modelId(), LoggedModel.Status.READY);
    assertThat(ready.status()).isEqualTo(LoggedModel.Status.READY);
    assertThat(store().loggedModel(ready.modelId()).params()).containsEntry("trees", "200");
    assertThat(store().loggedModels(run.runId()))
        .extracting(LoggedModel::modelId)
        .containsExactly(ready.modelId());
  }

  @Test
  default void modelThatNoRunMadeIsFound() {
    var experiment = store().createExperiment("runless", Map.of());
    var model =
        store()
            .createLoggedModel(
                new NewLoggedModel(experiment, "alone", null, null, Map.of(), Map.of()));
    assertThat(store().loggedModelsOf(experiment))
        .extracting(LoggedModel::modelId)
        .containsExactly(model.modelId());
  }

  @Test
  default void runsAreFoundByWhatWasLogged() {
    var experiment = runsWithLoss("found", 0.1, 0.2, 0.3);
    assertThat(names(experiment, "metrics.loss > 0.15 AND params.kind = 'odd'"))
        .containsExactly("run-2");
    assertThat(names(experiment, "metrics.loss != 0.1")).containsExactly("run-2", "run-1");
    assertThat(names(experiment, "params.kind LIKE 'o%'")).containsExactly("run-2", "run-0");
    assertThat(names(experiment, "params.kind ILIKE 'EV_N'")).containsExactly("run-1");
    assertThat(names(experiment, "tags.absent IS NULL")).hasSize(3);
    assertThat(names(experiment, "tags.absent != 'x'")).isEmpty();
    assertThat(names(experiment, "attributes.run_name = 'run-1'")).containsExactly("run-1");
    assertThat(names(experiment, "start_time >= 1001 AND status = 'RUNNING'")).hasSize(2);
  }

  @Test
  default void runsAreSortedWithTheAbsentLastBothWays() {
    var experiment = runsWithLoss("sorted", 0.2, Double.NaN, 0.1);
    store().createRun(new NewRun(experiment, "without", "ada", 5_000, Map.of()));
    assertThat(sorted(experiment, "metrics.loss ASC", 10))
        .containsExactly("run-2", "run-0", "run-1", "without");
    assertThat(sorted(experiment, "metrics.loss DESC", 10))
        .containsExactly("run-0", "run-2", "run-1", "without");
  }

  @Test
  default void pagesFollowEachOther() {
    var experiment = runsWithLoss("paged", 0.3, 0.3, 0.1, Double.NaN, 0.2, 0.3, 0.1);
    store().createRun(new NewRun(experiment, "without", "ada", 5_000, Map.of()));
    for (var order : List.of("metrics.loss DESC", "params.kind", "start_time", "end_time DESC")) {
      assertThat(sorted(experiment, order, 3)).isEqualTo(sorted(experiment, order, 100)).hasSize(8);
    }
  }

  @Test
  default void offsetTokensOfMlflowAreTaken() {
    var experiment = runsWithLoss("offsets", 0.1, 0.2, 0.3);
    var query = new SearchQuery("", List.of("metrics.loss"), 10, "eyJvZmZzZXQiOiAxfQ==");
    assertThat(store().searchRuns(List.of(experiment), ViewType.ACTIVE_ONLY, query).items())
        .extracting(run -> run.info().runName())
        .containsExactly("run-1", "run-2");
  }

  @Test
  default void malformedTokenIsRefused() {
    assertRefused(
        () ->
            store()
                .searchRuns(
                    List.of("0"), ViewType.ALL, new SearchQuery("", List.of(), 10, "bm90IGpzb24=")),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid page token");
  }

  @Test
  default void deletedRunIsFoundAmongTheDeletedOnly() {
    var run = start("bin").info();
    store().deleteRun(run.runId());
    assertThat(found(run.experimentId(), ViewType.ACTIVE_ONLY)).isEmpty();
    assertThat(found(run.experimentId(), ViewType.DELETED_ONLY)).containsExactly(run.runId());
    store().restoreRun(run.runId());
    assertThat(found(run.experimentId(), ViewType.ALL)).containsExactly(run.runId());
    assertThat(found(run.experimentId(), ViewType.DELETED_ONLY)).isEmpty();
  }

  @Test
  default void deletedExperimentTakesItsRunsAlong() {
    var run = start("with-runs").info();
    store().deleteExperiment(run.experimentId());
    assertThat(store().run(run.runId()).info().lifecycleStage()).isEqualTo(LifecycleStage.DELETED);
    assertRefused(
        () -> store().deleteExperiment(run.experimentId()),
        ErrorCode.RESOURCE_DOES_NOT_EXIST,
        "No Experiment with id=" + run.experimentId() + " exists");
    store().restoreExperiment(run.experimentId());
    assertThat(store().run(run.runId()).info().lifecycleStage()).isEqualTo(LifecycleStage.ACTIVE);
  }

  @Test
  default void experimentsAreFoundByNameAndTag() {
    var red = store().createExperiment("wine-red", Map.of("colour", "red"));
    store().createExperiment("wine-white", Map.of("colour", "white"));
    assertThat(experiments("name LIKE 'wine-%'")).containsExactly("wine-white", "wine-red");
    assertThat(experiments("tags.colour = 'red'")).containsExactly("wine-red");
    store().renameExperiment(red, "wine-rosé");
    store().tagExperiment(red, "colour", "pink");
    assertThat(experiments("tags.colour = 'pink'")).containsExactly("wine-rosé");
    store().deleteExperimentTag(red, "colour");
    assertThat(store().experiment(red).tags()).isEmpty();
  }

  @Test
  default void experimentMayKeepItsArtifactsElsewhere() {
    var id = store().createExperiment(new NewExperiment("elsewhere", "s3://bucket/x", Map.of()));
    assertThat(store().experiment(id).artifactLocation()).isEqualTo("s3://bucket/x");
  }

  @Test
  default void sampledHistoryKeepsTheEnds() {
    var id = start("sampled").info().runId();
    var points = new ArrayList<Metric>();
    for (var step = 0; step < 500; step++) {
      points.add(new Metric("loss", step, step, step));
    }
    store().log(id, new RunBatch(points, Map.of(), Map.of()));
    assertThat(store().sampledHistories(List.of(id), "loss", StepRange.ALL, 5))
        .extracting(point -> point.metric().step())
        .containsExactly(0L, 100L, 200L, 300L, 499L);
    assertThat(store().sampledHistories(List.of(id), "loss", new StepRange(7, 8), 5)).hasSize(2);
    assertThat(store().histories(List.of(id), "loss", 3)).hasSize(3);
  }

  /// As many points as steps, but not one at each: at 2 and 3 there are none, at 5 there are three.
  @Test
  default void sampledHistoryIsByPlaceWhereStepsAreLeftOutAndRepeated() {
    var id = start("sampled-with-gaps").info().runId();
    var points = new ArrayList<Metric>();
    for (var step : List.of(0, 1, 4, 5, 5, 5, 6, 7, 8, 9)) {
      points.add(new Metric("loss", points.size(), points.size(), step));
    }
    store().log(id, new RunBatch(points, Map.of(), Map.of()));
    assertThat(store().sampledHistories(List.of(id), "loss", StepRange.ALL, 5))
        .extracting(point -> point.metric().value())
        .containsExactly(0.0, 2.0, 4.0, 6.0, 9.0);
  }

  @Test
  default void deletedTagIsGone() {
    var id = start("untagged").info().runId();
    store().log(id, new RunBatch(List.of(), Map.of(), Map.of("t", "x")));
    store().deleteTag(id, "t");
    assertThat(store().run(id).tags()).doesNotContainKey("t");
    assertRefused(
        () -> store().deleteTag(id, "t"), ErrorCode.RESOURCE_DOES_NOT_EXIST, "No tag with name: t");
  }

  @Test
  default void modelsAreInputsAndOutputsOfARun() {
    var run = start("models-of-a-run").info();
    var model = modelOf(run.experimentId(), "m");
    store().logModelInputs(run.runId(), List.of(model));
    store().logOutput(run.runId(), model, 7);
    assertThat(store().run(run.runId()).modelInputs()).containsExactly(model);
    assertThat(store().run(run.runId()).outputs()).containsExactly(new ModelOutput(model, 7));
  }

  @Test
  default void loggedModelsAreFoundAndSorted() {
    var experiment = store().createExperiment("searched-models", Map.of());
    var run = store().createRun(new NewRun(experiment, "r", "ada", 1, Map.of())).info().runId();
    var good = modelOf(experiment, "good");
    var bad = modelOf(experiment, "bad");
    var without = modelOf(experiment, "without");
    logMetrics(
        run,
        new Metric("acc", 0.9, 1, 0, good, null, null),
        new Metric("acc", 0.1, 1, 0, bad, null, null));
    store().logModelParams(good, Map.of("trees", "9"));
    assertThat(models(experiment, "metrics.acc > 0.5")).containsExactly(good);
    assertThat(models(experiment, "params.trees = '9'")).containsExactly(good);
    assertThat(models(experiment, "name IN ('bad', 'nobody')")).containsExactly(bad);
    var order = List.of(new LoggedModelQuery.Order("metrics.acc", true, null));
    var query = new LoggedModelQuery(List.of(experiment), "", List.of(), order, 2, "");
    assertThat(SearchPage.all(token -> store().searchLoggedModels(query.after(token))))
        .extracting(LoggedModel::modelId)
        .containsExactly(bad, good, without);
    assertThat(store().searchLoggedModels(query.after(mlflowsToken(experiment))).items())
        .extracting(LoggedModel::modelId)
        .containsExactly(without);
    var first = store().searchLoggedModels(query);
    store().deleteLoggedModel(bad);
    assertThat(store().searchLoggedModels(query.after(first.nextPageToken())).items())
        .as("a page goes on after a model, whatever became of it")
        .extracting(LoggedModel::modelId)
        .containsExactly(without);
    assertRefused(
        () ->
            store()
                .searchLoggedModels(
                    LoggedModelQuery.first(experiment, "", 2).after(first.nextPageToken())),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Order by in the page token does not match");
    assertThat(models(experiment, "")).doesNotContain(bad);
  }

  private static String mlflowsToken(String experiment) {
    var json =
        ("{'experiment_ids': ['%s'], 'filter_string': null, 'order_by': [{'field_name':"
                + " 'metrics.acc', 'ascending': true, 'dataset_name': null, 'dataset_digest':"
                + " null}], 'offset': 2}")
            .formatted(experiment)
            .replace('\'', '"');
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> models(String experiment, String filter) {
    var query = LoggedModelQuery.first(experiment, filter, 10);
    return store().searchLoggedModels(query).items().stream().map(LoggedModel::modelId).toList();
  }

  private String modelOf(String experiment, String name) {
    return store()
        .createLoggedModel(new NewLoggedModel(experiment, name, null, null, Map.of(), Map.of()))
        .modelId();
  }

  private List<String> experiments(String filter) {
    return store()
        .searchExperiments(
            ViewType.ACTIVE_ONLY, new SearchQuery(filter, List.of("experiment_id DESC"), 9, ""))
        .items()
        .stream()
        .map(Experiment::name)
        .toList();
  }

  private List<String> found(String experiment, ViewType view) {
    return store().searchRuns(List.of(experiment), view, SearchQuery.first("", 10)).items().stream()
        .map(run -> run.info().runId())
        .toList();
  }

  private List<String> names(String experiment, String filter) {
    var query = SearchQuery.first(filter, 10);
    return store().searchRuns(List.of(experiment), ViewType.ACTIVE_ONLY, query).items().stream()
        .map(run -> run.info().runName())
        .toList();
  }

  private List<String> sorted(String experiment, String order, int pageSize) {
    var query = new SearchQuery("", List.of(order), pageSize, "");
    return SearchPage.all(
            token ->
                store().searchRuns(List.of(experiment), ViewType.ACTIVE_ONLY, query.after(token)))
        .stream()
        .map(run -> run.info().runName())
        .toList();
  }

  /// Runs that start one after another, with a metric and a param.
  private String runsWithLoss(String name, double... losses) {
    var experiment = store().createExperiment(name, Map.of());
    for (var i = 0; i < losses.length; i++) {
      var run = store().createRun(new NewRun(experiment, "run-" + i, "ada", 1_000 + i, Map.of()));
      var kind = Map.of("kind", i % 2 == 0 ? "odd" : "even");
      var loss = List.of(new Metric("loss", losses[i], 1, 0));
      store().log(run.info().runId(), new RunBatch(loss, kind, Map.of()));
    }
    return experiment;
  }

  private Run start(String experiment) {
    var id = store().createExperiment(experiment, Map.of());
    return store().createRun(new NewRun(id, "run", "ada", 1_000, Map.of()));
  }

  private void logMetrics(String run, Metric... metrics) {
    store().log(run, new RunBatch(List.of(metrics), Map.of(), Map.of()));
  }

  static void assertRefused(Runnable work, ErrorCode code, String message) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(TrackingException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
