package io.mlopscore.console;

import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.ExperimentActivity;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.ViewType;
import io.mlopscore.tracking.search.Vocabularies;
import java.util.List;
import java.util.Map;

/// Reads what an [IndexPage] shows.
record IndexReading(Visit visit) {
  private static final int EXPERIMENTS = 100;
  private static final int MODELS = 10;

  Page page() {
    var search = NameSearch.of(visit.query("q"), Vocabularies.EXPERIMENTS);
    var deleted = visit.query("view").equals(RunQuery.DELETED);
    var token = visit.query("page");
    var found = search.problem() == null ? experiments(search, deleted, token) : nothing();
    var models = models(search.text().isEmpty() && !deleted && token.isEmpty());
    return new IndexPage(
        search,
        deleted,
        rows(found.items()),
        token.isEmpty() ? "" : href(search, deleted, ""),
        found.nextPageToken().isEmpty() ? "" : href(search, deleted, found.nextPageToken()),
        search.text().isEmpty() && !deleted && token.isEmpty(),
        models.items(),
        !models.nextPageToken().isEmpty());
  }

  private static SearchPage<Experiment> nothing() {
    return new SearchPage<>(List.of(), "");
  }

  private SearchPage<Experiment> experiments(NameSearch search, boolean deleted, String token) {
    return visit
        .store()
        .searchExperiments(
            deleted ? ViewType.DELETED_ONLY : ViewType.ACTIVE_ONLY,
            SearchQuery.first(search.filter(), EXPERIMENTS).after(token));
  }

  private String href(NameSearch search, boolean deleted, String token) {
    return visit.links().index()
        + Links.query(
            List.of(
                new Field("q", search.text()),
                new Field("view", deleted ? RunQuery.DELETED : ""),
                new Field("page", token)));
  }

  private List<IndexPage.ExperimentRow> rows(List<Experiment> experiments) {
    var activity = visit.tracking().activity(experiments.stream().map(Experiment::id).toList());
    return experiments.stream().map(experiment -> row(experiment, activity)).toList();
  }

  private IndexPage.ExperimentRow row(
      Experiment experiment, Map<String, ExperimentActivity> activity) {
    var goesOn =
        activity.getOrDefault(
            experiment.id(), new ExperimentActivity(0, experiment.creationTime()));
    return new IndexPage.ExperimentRow(
        experiment.name(),
        visit.links().experiment(experiment.id()),
        Pages.describe(experiment.tags()),
        goesOn.runs(),
        visit.times().moment(goesOn.lastActivity()));
  }

  private SearchPage<ModelRow> models(boolean shown) {
    if (!shown) {
      return new SearchPage<>(List.of(), "");
    }
    var newest = new SearchQuery("", List.of("last_updated_timestamp DESC"), MODELS, "");
    var found = visit.registry().searchRegisteredModels(newest);
    return found.with(found.items().stream().map(model -> ModelRow.of(model, visit)).toList());
  }
}
