package io.mlopscore.tracking;

import static io.mlopscore.tracking.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.tracking.search.SearchPage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every tracking store does with logged models.
interface LoggedModelContract extends StoreUnderTest {
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

  /// As MLflow leaves its tables after a batch with each value; it answers the later ones with an
  /// error of the database.
  @Test
  default void modelKeepsTheFirstValueOfAStepAndTimeWhereItsRunKeepsAll() {
    var run = start("measured-again").info();
    var model =
        store()
            .createLoggedModel(
                new NewLoggedModel(run.experimentId(), "m", null, run.runId(), Map.of(), Map.of()))
            .modelId();
    for (var value : List.of(0.5, 0.9, 0.1)) {
      logMetrics(run.runId(), new Metric("acc", value, 1, 1, model, null, null));
    }
    logMetrics(run.runId(), new Metric("acc", 0.2, 0, 1, model, null, null));
    assertThat(store().run(run.runId()).metrics()).containsExactly(new Metric("acc", 0.9, 1, 1));
    assertThat(store().history(run.runId(), "acc")).hasSize(4);
    assertThat(store().loggedModel(model).metrics())
        .extracting(point -> point.metric().value())
        .containsExactlyInAnyOrder(0.5, 0.2);
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

  private List<String> models(String experiment, String filter) {
    var query = LoggedModelQuery.first(experiment, filter, 10);
    return store().searchLoggedModels(query).items().stream().map(LoggedModel::modelId).toList();
  }

  private String modelOf(String experiment, String name) {
    return store()
        .createLoggedModel(new NewLoggedModel(experiment, name, null, null, Map.of(), Map.of()))
        .modelId();
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
}
