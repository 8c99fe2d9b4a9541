package io.mlopscore.tracking;

import static io.mlopscore.tracking.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.ViewType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every tracking store does with experiments.
interface ExperimentContract extends StoreUnderTest {
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
  default void experimentsComeInPagesWithTheirTags() {
    for (var name : List.of("paged-b", "paged-c", "paged-a")) {
      store().createExperiment(name, Map.of("name", name, "team", "red"));
    }
    store().createExperiment("paged-d", Map.of());
    var query = new SearchQuery("name LIKE 'paged-%'", List.of("name DESC"), 2, "");
    var pages = new ArrayList<List<String>>();
    var found =
        SearchPage.all(
            token -> {
              var page = store().searchExperiments(ViewType.ACTIVE_ONLY, query.after(token));
              pages.add(page.items().stream().map(Experiment::name).toList());
              return page;
            });
    assertThat(pages).containsExactly(List.of("paged-d", "paged-c"), List.of("paged-b", "paged-a"));
    assertThat(found.getFirst().tags()).isEmpty();
    assertThat(found.getLast().tags()).isEqualTo(Map.of("name", "paged-a", "team", "red"));
  }

  @Test
  default void experimentMayKeepItsArtifactsElsewhere() {
    var id = store().createExperiment(new NewExperiment("elsewhere", "s3://bucket/x", Map.of()));
    assertThat(store().experiment(id).artifactLocation()).isEqualTo("s3://bucket/x");
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
}
