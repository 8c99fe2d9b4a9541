package io.mlopscore.tracking;

import static io.mlopscore.tracking.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.ViewType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How every tracking store finds runs, sorts them and gives them in pages.
interface RunSearchContract extends StoreUnderTest {
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
}
