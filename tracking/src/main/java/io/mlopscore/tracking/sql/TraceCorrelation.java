package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.search.Filter;
import io.mlopscore.tracking.search.FilterParser;
import io.mlopscore.tracking.search.Vocabularies;
import io.mlopscore.tracking.traces.FilterCorrelation;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Counts traces that two filters find, in one query.
final class TraceCorrelation {
  private TraceCorrelation() {}

  static FilterCorrelation count(
      Handle handle, List<String> experiments, String first, String second, String base) {
    var sql = TraceFilterSql.of(Layout.of(handle));
    return SqlText.of("SELECT COUNT(*), SUM(a), SUM(b), SUM(a * b) FROM (SELECT CASE WHEN ")
        .add(sql.condition(parsed(base, first)))
        .add(" THEN 1 ELSE 0 END AS a, CASE WHEN ")
        .add(sql.condition(parsed(base, second)))
        .add(" THEN 1 ELSE 0 END AS b FROM trace_info t WHERE t.experiment_id IN ")
        .list(experiments.stream().map(FilterSql::experiment).toList())
        .add(" AND ")
        .add(sql.condition(parsed(base, "")))
        .add(") found")
        .query(handle)
        .map(
            (row, _) ->
                new FilterCorrelation(
                    row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
        .one();
  }

  /// Both side by side, so that what they say of spans is said of the same span.
  private static Filter parsed(String base, String filter) {
    var parts = new ArrayList<Filter>();
    for (var text : List.of(base, filter)) {
      var parsed = FilterParser.parse(text, Vocabularies.TRACES);
      parts.addAll(parsed instanceof Filter.And(var all) ? all : List.of(parsed));
    }
    return new Filter.And(parts);
  }
}
