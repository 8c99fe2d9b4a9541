package io.mlopscore.tracking;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is searched among logged models.
///
/// @param filter such as `metrics.accuracy > 0.9 AND params.trees = '200'`
/// @param datasets metrics count only if they were measured on one of these; empty for all
/// @param maxResults at least 1
/// @param pageToken of the answer before, empty for the first page
public record LoggedModelQuery(
    List<String> experimentIds,
    String filter,
    List<OnDataset> datasets,
    List<Order> orderBy,
    int maxResults,
    String pageToken) {
  public LoggedModelQuery {
    experimentIds = List.copyOf(experimentIds);
    datasets = List.copyOf(datasets);
    orderBy = List.copyOf(orderBy);
  }

  /// The first page in the usual order.
  public static LoggedModelQuery first(String experimentId, String filter, int maxResults) {
    return new LoggedModelQuery(
        List.of(experimentId), filter, List.of(), List.of(), maxResults, "");
  }

  /// The same, from where an earlier page ended.
  public LoggedModelQuery after(String token) {
    return new LoggedModelQuery(experimentIds, filter, datasets, orderBy, maxResults, token);
  }

  /// A data set that a metric was measured on.
  ///
  /// @param digest null for any
  public record OnDataset(String name, @Nullable String digest) {}

  /// A key that models are sorted by.
  ///
  /// @param field an attribute, or `metrics.` and the key of a metric
  /// @param dataset where the metric must have been measured, null for anywhere
  public record Order(String field, boolean ascending, @Nullable OnDataset dataset) {}
}
