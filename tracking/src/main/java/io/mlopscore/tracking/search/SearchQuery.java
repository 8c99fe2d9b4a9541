package io.mlopscore.tracking.search;

import java.util.List;

/// What a caller searches for, in MLflow's language.
///
/// @param filter such as `metrics.loss < 0.5 AND params.model = 'forest'`; empty for everything
/// @param orderBy such as `metrics.loss DESC`; empty for the usual order
/// @param maxResults the size of a page, at least 1
/// @param pageToken of the answer before, empty for the first page
public record SearchQuery(String filter, List<String> orderBy, int maxResults, String pageToken) {
  public SearchQuery {
    orderBy = List.copyOf(orderBy);
  }

  /// The first page in the usual order.
  public static SearchQuery first(String filter, int maxResults) {
    return new SearchQuery(filter, List.of(), maxResults, "");
  }

  /// The same, from where an earlier page ended.
  public SearchQuery after(String token) {
    return new SearchQuery(filter, orderBy, maxResults, token);
  }

  /// The same with smaller pages.
  public SearchQuery atMost(int results) {
    return new SearchQuery(filter, orderBy, results, pageToken);
  }
}
