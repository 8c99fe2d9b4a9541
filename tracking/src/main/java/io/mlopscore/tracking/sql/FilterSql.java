package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.Field;
import io.mlopscore.tracking.search.Filter;
import io.mlopscore.tracking.search.Operator;
import io.mlopscore.tracking.search.Value;
import java.util.List;

/// Writes filters as conditions of SQL, the same for SQLite and PostgreSQL. Values are bound.
///
/// @param searched the entity
record FilterSql(Searched searched) {
  SqlText condition(Filter filter) {
    return switch (filter) {
      case Filter.And(var parts) -> parts.isEmpty() ? SqlText.of("1 = 1") : joined(parts, " AND ");
      case Filter.Or(var parts) -> joined(parts, " OR ");
      // NOT of an unknown is unknown in SQL, but here what did not match is wanted
      case Filter.Not(var part) ->
          SqlText.of("(CASE WHEN ").add(condition(part)).add(" THEN 0 ELSE 1 END = 1)");
      case Filter.Presence(var field, var present) ->
          SqlText.of(present ? "" : "NOT ").add(exists(field)).add(")");
      case Filter.Comparison comparison -> comparison(comparison);
    };
  }

  private SqlText joined(List<Filter> parts, String word) {
    var text = SqlText.of("(");
    for (var part : parts) {
      text.add(part == parts.getFirst() ? "" : word).add(condition(part));
    }
    return text.add(")");
  }

  private SqlText exists(Field field) {
    var pairs = searched.pairs(field);
    return SqlText.of(
            "EXISTS (SELECT 1 FROM "
                + pairs.table()
                + " x WHERE "
                + pairs.on()
                + " AND x."
                + pairs.key()
                + " = ?",
            field.key())
        .add(pairs.also());
  }

  private SqlText comparison(Filter.Comparison comparison) {
    var field = comparison.field();
    var related = searched.related().get(field);
    if (related != null) {
      return SqlText.of("EXISTS (SELECT 1 FROM " + related.rows() + " AND ")
          .add(compared(related.value(), comparison.operator(), comparison.value()))
          .add(")");
    }
    if (field.kind() == Field.Kind.ATTRIBUTE) {
      return attribute(comparison);
    }
    return rows(field).add(" AND ").add(value("x", comparison)).add(")");
  }

  /// The rows of a key, found once for all entities by the index that begins with the key, rather
  /// than once for each entity.
  private SqlText rows(Field field) {
    var pairs = searched.pairs(field);
    return pairs
        .owner()
        .map(
            owner ->
                SqlText.of(
                        searched.id()
                            + (" IN (SELECT " + owner + " FROM " + pairs.table())
                            + (" x WHERE x." + pairs.key() + " = ?"),
                        field.key())
                    .add(pairs.also()))
        .orElseGet(() -> exists(field));
  }

  /// The condition on a row of params, tags or metrics.
  SqlText value(String row, Filter.Comparison comparison) {
    var pairs = searched.pairs(comparison.field());
    var text = compared(row + "." + pairs.value(), comparison.operator(), comparison.value());
    if (!pairs.hasNan()) {
      return text;
    }
    // MLflow keeps NaN as 0 with a mark; it differs from every number and compares with none
    return comparison.operator() == Operator.NOT_EQUAL
        ? SqlText.of("(").add(text).add(" OR " + row + ".is_nan)")
        : text.add(" AND NOT " + row + ".is_nan");
  }

  private SqlText attribute(Filter.Comparison comparison) {
    var column = searched.column(comparison.field());
    return comparison.field().key().equals("experiment_id")
        ? numbered(column, comparison)
        : compared(column, comparison.operator(), comparison.value());
  }

  private static SqlText numbered(String column, Filter.Comparison comparison) {
    var ids =
        switch (comparison.value()) {
          case Value.Text(var text) -> List.of(experiment(text));
          case Value.Texts(var texts) -> texts.stream().map(FilterSql::experiment).toList();
          case Value.Numeric(var number) -> List.of((long) number);
        };
    var among = comparison.operator() == Operator.EQUAL || comparison.operator() == Operator.IN;
    return SqlText.of(column + (among ? " IN " : " NOT IN ")).list(ids);
  }

  static SqlText compared(String column, Operator operator, Value value) {
    return switch (value) {
      case Value.Numeric(var number) ->
          SqlText.of(column + " " + operator.symbol() + " ?", bound(number));
      case Value.Texts(var texts) -> SqlText.of(column + " " + operator.symbol() + " ").list(texts);
      case Value.Text(var text) ->
          switch (operator) {
            case LIKE -> like(column, "?", text);
            case ILIKE -> like("LOWER(" + column + ")", "LOWER(?)", text);
            // PostgreSQL has the function, SQLite is given it
            case RLIKE -> SqlText.of("regexp_match(" + column + ", ?) IS NOT NULL", text);
            case EQUAL, NOT_EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL, IN, NOT_IN ->
                SqlText.of(column + " " + operator.symbol() + " ?", text);
          };
    };
  }

  /// A whole number stays one, so that it is compared with a column of times exactly.
  private static Object bound(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      return (long) number;
    }
    return number;
  }

  /// MLflow knows no escapes, but PostgreSQL takes a backslash for one.
  private static SqlText like(String column, String parameter, String pattern) {
    return pattern.contains("\\")
        ? SqlText.of(column + " LIKE " + parameter + " ESCAPE '!'", pattern.replace("!", "!!"))
        : SqlText.of(column + " LIKE " + parameter, pattern);
  }

  /// Experiments are numbers in the database.
  static long experiment(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Invalid experiment ID '" + id + "'. Experiment IDs must be integers.",
          e);
    }
  }
}
