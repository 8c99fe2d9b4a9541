package io.mlopscore.console;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.LifecycleStage;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.ViewType;
import io.mlopscore.tracking.search.Vocabularies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what an [ExperimentPage] shows.
record ExperimentReading(Visit visit) {
  private static final int ROWS = 100;

  /// As many are sorted here, by the numbers in params too; of more, the store sorts.
  private static final int SORTED_HERE = 500;

  /// What was found, or what was wrong with the filter.
  private record Found(SearchPage<Run> runs, @Nullable Problem problem) {}

  Page page() {
    var experiment = visit.store().experiment(visit.path("id"));
    var query = RunQuery.of(visit);
    var found = search(experiment, query);
    var columns = RunColumns.of(found.runs().items(), query.columns());
    return page(experiment, query, found, columns);
  }

  private Page page(Experiment experiment, RunQuery query, Found found, RunColumns columns) {
    var id = experiment.id();
    var base = visit.links().experiment(id);
    var next = found.runs().nextPageToken();
    return new ExperimentPage(
        id,
        experiment.name(),
        Pages.describe(experiment.tags()),
        experiment.lifecycleStage() == LifecycleStage.DELETED,
        query,
        query.deleted(experiment),
        found.problem(),
        RunTable.of(id, found.runs().items(), query, columns.shown(), visit),
        columns.keys().stream().map(key -> choice(key, columns.shown())).toList(),
        query.columns().isEmpty() ? columns.leftOut() : 0,
        query.token().isEmpty() ? "" : base + query.at("").search(),
        next.isEmpty() ? "" : base + query.at(next).search(),
        base,
        base + query.usual().search(),
        visit.tracking().may("POST experiments/update", "experiment_id", id),
        visit.tracking().may("POST experiments/delete", "experiment_id", id));
  }

  private static ExperimentPage.Choice choice(String key, List<String> shown) {
    var dot = key.indexOf('.') + 1;
    return new ExperimentPage.Choice(
        key.substring(0, dot), key, key.substring(dot), shown.contains(key));
  }

  private Found search(Experiment experiment, RunQuery query) {
    var problem = NameSearch.problem(query.filter(), Vocabularies.RUNS);
    if (!query.filter().isEmpty() && problem.isPresent()) {
      return new Found(new SearchPage<>(List.of(), ""), problem.get());
    }
    try {
      return new Found(runs(experiment, query), null);
    } catch (TrackingException e) {
      if (e.code() != ErrorCode.INVALID_PARAMETER_VALUE) {
        throw e;
      }
      var refused = Problem.of(query.filter(), String.valueOf(e.getMessage()));
      return new Found(new SearchPage<>(List.of(), ""), refused);
    }
  }

  private SearchPage<Run> runs(Experiment experiment, RunQuery query) {
    if (query.order().needsAll() && query.token().isEmpty()) {
      var all = found(experiment, query, List.of(), SORTED_HERE);
      if (all.nextPageToken().isEmpty()) {
        return all.with(query.order().sort(all.items()));
      }
    }
    return found(experiment, query, query.order().clause().stream().toList(), ROWS);
  }

  private SearchPage<Run> found(
      Experiment experiment, RunQuery query, List<String> orderBy, int most) {
    return visit
        .store()
        .searchRuns(
            List.of(experiment.id()),
            query.deleted(experiment) ? ViewType.DELETED_ONLY : ViewType.ACTIVE_ONLY,
            new SearchQuery(query.filter(), orderBy, most, query.token()));
  }
}
