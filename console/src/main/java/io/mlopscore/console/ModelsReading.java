package io.mlopscore.console;

import io.mlopscore.tracking.Prompts;
import io.mlopscore.tracking.RegisteredModel;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.Vocabularies;
import java.util.List;

/// Reads what a [ModelsPage] shows.
///
/// @param prompts whether prompts are wanted, which are kept as models with a tag
record ModelsReading(Visit visit, boolean prompts) {
  private static final int ROWS = 100;
  private static final String ONLY_PROMPTS = "tags.`" + Prompts.TAG + "` = 'true'";

  Page page() {
    var search = NameSearch.of(visit.query("q"), Vocabularies.REGISTERED_MODELS);
    var token = visit.query("page");
    SearchPage<RegisteredModel> found =
        search.problem() == null
            ? visit
                .registry()
                .searchRegisteredModels(SearchQuery.first(filter(search), ROWS).after(token))
            : new SearchPage<>(List.of(), "");
    return new ModelsPage(
        prompts,
        search,
        found.items().stream().map(model -> ModelRow.of(model, visit)).toList(),
        token.isEmpty() ? "" : href(search, ""),
        found.nextPageToken().isEmpty() ? "" : href(search, found.nextPageToken()));
  }

  private String filter(NameSearch search) {
    if (!prompts) {
      return search.filter();
    }
    return search.filter().isEmpty()
        ? ONLY_PROMPTS
        : "(" + search.filter() + ") AND " + ONLY_PROMPTS;
  }

  private String href(NameSearch search, String token) {
    return (prompts ? visit.links().prompts() : visit.links().models())
        + Links.query(List.of(new Field("q", search.text()), new Field("page", token)));
  }
}
