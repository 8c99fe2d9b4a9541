package io.mlopscore.tracking.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.Field;
import io.mlopscore.tracking.search.Filter.Comparison;
import io.mlopscore.tracking.search.Operator;
import io.mlopscore.tracking.search.Value;
import io.mlopscore.tracking.traces.JsonText;
import io.mlopscore.tracking.traces.TraceInfo;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tokens and costs of a trace `t`, which are metadata to callers and columns in the database: they
/// are compared with the very text that callers are shown.
final class TraceSums {
  private TraceSums() {}

  private static List<String> columns(Field field) {
    return field.key().equals(TraceInfo.COST) ? TraceColumns.COSTS : TraceColumns.TOKENS;
  }

  static SqlText presence(Field field, boolean present) {
    var any =
        columns(field).stream()
            .map(column -> "t." + column + " IS NOT NULL")
            .collect(Collectors.joining(" OR ", "(", ")"));
    return SqlText.of(present ? any : "NOT " + any);
  }

  static SqlText compared(Comparison comparison) {
    var field = comparison.field();
    if (comparison.operator() != Operator.EQUAL && comparison.operator() != Operator.NOT_EQUAL) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Comparator '"
              + comparison.operator().symbol()
              + "' is not supported for metadata '"
              + field.key()
              + "'. Only '=', '!=', 'IS NULL', and 'IS NOT NULL' are supported.");
    }
    var same = same(field, comparison.value());
    return comparison.operator() == Operator.EQUAL
        ? same
        : presence(field, true).add(" AND NOT ").add(same);
  }

  private static SqlText same(Field field, Value value) {
    var sums = value instanceof Value.Text(var text) ? shown(field, text) : Map.<String, Long>of();
    if (sums.isEmpty()) {
      return SqlText.of("(1 = 0)");
    }
    var all = SqlText.of("(1 = 1");
    for (var column : columns(field)) {
      if (sums.containsKey(column)) {
        all.add(" AND COALESCE(t." + column + " = ?, 1 = 0)", sums.get(column));
      } else {
        all.add(" AND t." + column + " IS NULL");
      }
    }
    return all.add(")");
  }

  private static String written(@Nullable Number number) {
    return number instanceof Double cost ? JsonText.number(cost) : String.valueOf(number);
  }

  /// The sums that are shown so, none if nothing is.
  private static Map<String, ? extends Number> shown(Field field, String text) {
    var json = JsonText.read(text).filter(JsonNode::isObject);
    if (json.isEmpty()) {
      return Map.of();
    }
    Map<String, ? extends Number> sums =
        field.key().equals(TraceInfo.COST)
            ? TraceColumns.costs(json.get())
            : TraceColumns.tokens(json.get());
    var again = JsonNodeFactory.instance.objectNode();
    columns(field).stream()
        .filter(sums::containsKey)
        .forEach(column -> again.putRawValue(column, new RawValue(written(sums.get(column)))));
    return JsonText.write(again).equals(text) ? sums : Map.of();
  }
}
