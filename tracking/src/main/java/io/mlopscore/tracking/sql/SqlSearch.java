package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.search.Filter;
import io.mlopscore.tracking.search.PageToken;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.ViewType;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Finds one page: its ids, for what is read table by table, or the page as a table of a statement
/// that reads everything.
///
/// @param scope the condition that holds whatever the filter is
record SqlSearch(Searched searched, SqlText scope, Filter filter, Sorting sorting) {
  SearchPage<String> ids(Handle handle, int maxResults, PageToken token) {
    var ids = new ArrayList<String>();
    var last = new StringBuilder();
    query("", maxResults, token)
        .query(handle)
        .setFetchSize(Rows.AT_ONCE)
        .map(
            (row, _) -> {
              if (ids.size() == maxResults - 1) {
                last.append(sorting.at(row, 2));
              }
              ids.add(row.getString(1));
              return row;
            })
        .forEach(_ -> {});
    return SearchPage.of(ids, maxResults, last.toString());
  }

  /// A query for one page and the first of the next: the id as `id`, the keys of the order, and
  /// `position`, to sort by.
  SqlText numbered(int maxResults, PageToken token) {
    var position = ", ROW_NUMBER() OVER (ORDER BY " + sorting.orderBy() + ") AS position";
    return query(position, maxResults, token);
  }

  private SqlText query(String column, int maxResults, PageToken token) {
    var query =
        SqlText.of("SELECT " + searched.id() + " AS id, " + sorting.columns() + column)
            .add(" FROM " + searched.from())
            .add(sorting.joins())
            .add(" WHERE ")
            .add(scope)
            .add(" AND ")
            .add(condition());
    if (token instanceof PageToken.After after) {
      query.add(sorting.after(after));
    }
    query.add(" ORDER BY " + sorting.orderBy() + " LIMIT ?", maxResults + 1L);
    if (token instanceof PageToken.Offset(var items) && items > 0) {
      query.add(" OFFSET ?", items);
    }
    return query;
  }

  /// A metric that results are sorted by is joined already: its comparisons need no look-up.
  private SqlText condition() {
    var writer = new FilterSql(searched);
    var parts = filter instanceof Filter.And(var all) ? all : List.of(filter);
    var text = SqlText.of("1 = 1");
    for (var part : parts) {
      text.add(" AND ").add(condition(writer, part));
    }
    return text;
  }

  private SqlText condition(FilterSql writer, Filter part) {
    if (part instanceof Filter.Comparison comparison) {
      var row = sorting.joined().get(comparison.field());
      return row == null ? writer.condition(part) : writer.value(row, comparison);
    }
    return writer.condition(part);
  }

  static SqlText lifecycle(String column, ViewType view) {
    return switch (view) {
      case ACTIVE_ONLY -> SqlText.of(column + " = 'active'");
      case DELETED_ONLY -> SqlText.of(column + " = 'deleted'");
      case ALL -> SqlText.of(column + " IN ('active', 'deleted')");
    };
  }
}
