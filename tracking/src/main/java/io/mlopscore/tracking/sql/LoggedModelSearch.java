package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.LoggedModelQuery;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.Field;
import io.mlopscore.tracking.search.Filter;
import io.mlopscore.tracking.search.FilterParser;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.Vocabularies;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Searches logged models as MLflow does: metrics may be restricted to data sets, and orders are
/// objects rather than text.
record LoggedModelSearch(LoggedModelQuery query, Filter filter) {
  private static final String METRICS = "metrics.";

  static SearchPage<LoggedModel> page(Handle handle, LoggedModelQuery query) {
    var found = found(handle, query);
    return found.with(LoggedModelReading.models(handle, found.items()));
  }

  /// The ids of the models.
  static SearchPage<String> found(Handle handle, LoggedModelQuery query) {
    var filter = FilterParser.parse(query.filter(), Vocabularies.LOGGED_MODELS);
    var found =
        new LoggedModelSearch(query, filter)
            .search()
            .ids(handle, query.maxResults(), LoggedModelToken.begin(query));
    return new SearchPage<>(found.items(), LoggedModelToken.next(query, found.nextPageToken()));
  }

  private SqlSearch search() {
    var datasets = datasets();
    var scope =
        SqlText.of("m.lifecycle_stage <> 'deleted' AND m.experiment_id IN ")
            .list(query.experimentIds().stream().map(FilterSql::experiment).toList());
    if (!datasets.isEmpty() && !filter.mentions(field -> field.kind() == Field.Kind.METRIC)) {
      scope
          .add(" AND EXISTS (SELECT 1 FROM logged_model_metrics x WHERE x.model_id = m.model_id")
          .add(datasets)
          .add(")");
    }
    return new SqlSearch(Searched.loggedModels(datasets), scope, filter, sorting());
  }

  private SqlText datasets() {
    var text = new SqlText();
    for (var dataset : query.datasets()) {
      text.add(text.isEmpty() ? " AND (" : " OR ").add("(1 = 1");
      measuredOn(text, "x.", dataset);
      text.add(")");
    }
    return text.isEmpty() ? text : text.add(")");
  }

  private static void measuredOn(SqlText text, String row, LoggedModelQuery.OnDataset dataset) {
    if (!dataset.name().isEmpty()) {
      text.add(" AND " + row + "dataset_name = ?", dataset.name());
    }
    if (dataset.digest() != null) {
      text.add(" AND " + row + "dataset_digest = ?", dataset.digest());
    }
  }

  private Sorting sorting() {
    var joins = new SqlText();
    var keys = new ArrayList<SortKey>();
    var named = new HashSet<String>();
    for (var order : query.orderBy()) {
      if (order.field().contains(".")) {
        keys.addAll(metric(joins, "o" + keys.size(), order));
      } else {
        named.add(attribute(keys, order));
      }
    }
    if (!named.contains("creation_timestamp_ms")) {
      keys.add(SortKey.number("m.creation_timestamp_ms", false));
    }
    keys.add(SortKey.text("m.model_id", true));
    return new Sorting(joins, Map.of(), keys);
  }

  private String attribute(List<SortKey> keys, LoggedModelQuery.Order order) {
    var direction = order.ascending() ? " ASC" : " DESC";
    var by = FilterParser.order("`" + order.field() + "`" + direction, Vocabularies.LOGGED_MODELS);
    keys.addAll(Sorting.of(Searched.loggedModels(new SqlText()), List.of(by), Set.of()).keys());
    return by.field().key();
  }

  /// The latest point of a metric, which the model may not have.
  private static List<SortKey> metric(SqlText joins, String row, LoggedModelQuery.Order order) {
    if (!order.field().startsWith(METRICS)) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Invalid order by field name: " + order.field() + ". Only metrics are supported.");
    }
    joins.add(
        " LEFT JOIN (SELECT l.model_id, l.metric_value, ROW_NUMBER() OVER (PARTITION BY l.model_id"
            + " ORDER BY l.metric_timestamp_ms DESC, l.metric_step DESC, l.run_id ASC) AS place"
            + " FROM logged_model_metrics l WHERE l.metric_name = ?",
        order.field().substring(METRICS.length()));
    if (order.dataset() != null) {
      measuredOn(joins, "l.", order.dataset());
    }
    joins.add(") " + row + " ON " + row + ".model_id = m.model_id AND " + row + ".place = 1");
    var value = row + ".metric_value";
    return List.of(
        SortKey.number("CASE WHEN " + value + " IS NULL THEN 1 ELSE 0 END", true),
        SortKey.number("COALESCE(" + value + ", 0)", order.ascending()));
  }
}
