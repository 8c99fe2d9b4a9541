package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.Field;
import io.mlopscore.tracking.search.OrderBy;
import io.mlopscore.tracking.search.PageToken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// How results are sorted, and where a page goes on.
///
/// As in MLflow, what has no value comes last in both directions, after metrics that are NaN.
///
/// @param joins the tables of the params, tags and metrics among the keys
/// @param joined the short name of the table that was joined for a field
/// @param keys the last ones tell all results apart
record Sorting(SqlText joins, Map<Field, String> joined, List<SortKey> keys) {
  /// The keys of an order; tie-breakers are to be added.
  static Sorting of(Searched searched, List<OrderBy> orders, Set<String> neverNull) {
    var joins = new SqlText();
    var joined = new HashMap<Field, String>();
    var keys = new ArrayList<SortKey>();
    for (var order : orders) {
      if (order.field().kind() == Field.Kind.ATTRIBUTE) {
        attribute(keys, searched.column(order.field()), order, neverNull);
      } else {
        var row = "o" + joined.size();
        joined.put(order.field(), row);
        pairs(joins, keys, row, searched.pairs(order.field()), order);
      }
    }
    return new Sorting(joins, joined, keys);
  }

  private static void attribute(
      List<SortKey> keys, String column, OrderBy order, Set<String> neverNull) {
    var text =
        !order.field().key().contains("time") && !order.field().key().equals("experiment_id");
    if (neverNull.contains(order.field().key())) {
      keys.add(new SortKey(column, order.ascending(), text));
      return;
    }
    keys.add(SortKey.number("CASE WHEN " + column + " IS NULL THEN 1 ELSE 0 END", true));
    keys.add(
        new SortKey("COALESCE(" + column + (text ? ", '')" : ", 0)"), order.ascending(), text));
  }

  private static void pairs(
      SqlText joins, List<SortKey> keys, String row, Searched.Pairs pairs, OrderBy order) {
    joins
        .add(
            " LEFT JOIN "
                + pairs.table()
                + " "
                + row
                + " ON "
                + pairs.on().replace("x.", row + "."))
        .add(" AND " + row + "." + pairs.key() + " = ?", order.field().key());
    var value = row + "." + pairs.value();
    if (pairs.hasNan()) {
      keys.add(
          SortKey.number(
              "CASE WHEN " + row + ".is_nan THEN 1 WHEN " + value + " IS NULL THEN 2 ELSE 0 END",
              true));
      keys.add(SortKey.number("COALESCE(" + value + ", 0)", order.ascending()));
    } else {
      keys.add(SortKey.number("CASE WHEN " + value + " IS NULL THEN 1 ELSE 0 END", true));
      keys.add(SortKey.text("COALESCE(" + value + ", '')", order.ascending()));
    }
  }

  Sorting then(SortKey... more) {
    var all = new ArrayList<>(keys);
    Collections.addAll(all, more);
    return new Sorting(joins, joined, all);
  }

  String columns() {
    return keys.stream().map(SortKey::expression).collect(Collectors.joining(", "));
  }

  String orderBy() {
    return keys.stream().map(SortKey::clause).collect(Collectors.joining(", "));
  }

  /// The condition that leaves what comes after a token.
  SqlText after(PageToken.After token) {
    if (token.keys().size() != keys.size()) {
      throw foreign();
    }
    var text = new SqlText();
    for (var i = 0; i < keys.size(); i++) {
      var value = value(i, token);
      text.add(" AND (" + keys.get(i).after(), value);
      if (i < keys.size() - 1) {
        text.add(" OR (" + keys.get(i).expression() + " = ?", value);
      }
    }
    // AND (a > ? OR (a = ? AND (b > ?)))
    return text.add(")".repeat(2 * keys.size() - 1)).add(range(token));
  }

  /// Says of the first key alone what the rest implies: an index can only use that.
  private SqlText range(PageToken.After token) {
    var first = keys.getFirst();
    return SqlText.of(
        " AND " + first.expression() + (first.ascending() ? " >= ?" : " <= ?"), value(0, token));
  }

  private Object value(int i, PageToken.After token) {
    var value = token.keys().get(i);
    if (keys.get(i).isText() != (value instanceof String)) {
      throw foreign();
    }
    return value;
  }

  private static TrackingException foreign() {
    return new TrackingException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid page token, it belongs to a search with another order");
  }

  /// The token that goes on after a row whose columns from `first` on are the keys.
  PageToken.After at(ResultSet row, int first) throws SQLException {
    var values = new ArrayList<Object>();
    for (var i = 0; i < keys.size(); i++) {
      var value = row.getObject(first + i);
      values.add(
          switch (value) {
            case Double number -> number;
            case Float number -> number.doubleValue();
            case Number number -> number.longValue();
            default -> value.toString();
          });
    }
    return new PageToken.After(values);
  }
}
