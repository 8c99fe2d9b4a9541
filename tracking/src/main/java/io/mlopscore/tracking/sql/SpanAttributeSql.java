package io.mlopscore.tracking.sql;

import com.fasterxml.jackson.databind.node.TextNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.Filter.Comparison;
import io.mlopscore.tracking.search.Operator;
import io.mlopscore.tracking.search.Value;
import io.mlopscore.tracking.traces.JsonText;

/// Finds attributes in the text of a span `x`, where each is a JSON string that holds JSON.
final class SpanAttributeSql {
  private SpanAttributeSql() {}

  /// LIKE looks, as in MLflow, at all that follows the name. MLflow never finds anything with `=`;
  /// here it compares.
  static SqlText condition(String name, Comparison comparison) {
    if (!(comparison.value() instanceof Value.Text(var text))) {
      throw unserved(comparison);
    }
    return switch (comparison.operator()) {
      case LIKE, ILIKE ->
          FilterSql.compared(
              "x.content", comparison.operator(), new Value.Text("%\"" + name + "\"" + text + "%"));
      case EQUAL -> equal(name, text);
      case NOT_EQUAL ->
          SqlText.of("(")
              .add(contains("\"" + name + "\": "))
              .add(" AND NOT ")
              .add(equal(name, text))
              .add(")");
      case RLIKE ->
          FilterSql.compared("x.content", Operator.RLIKE, new Value.Text(pattern(name, text)));
      case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL, IN, NOT_IN -> throw unserved(comparison);
    };
  }

  /// Looks, as MLflow does, in the text that follows the beginning of a value, which is a JSON
  /// string within a JSON string.
  private static String pattern(String name, String text) {
    var begins = text.startsWith("^");
    var ends = text.endsWith("$") && !text.endsWith("\\$") && text.length() > (begins ? 1 : 0);
    var inside = text.substring(begins ? 1 : 0, text.length() - (ends ? 1 : 0));
    return "\"%s\": \"\\\\\"%s(?:%s)%s"
        .formatted(escaped(name), begins ? "" : ".*", inside, ends ? "\\\\\"" : "");
  }

  private static String escaped(String name) {
    return name.replaceAll("[\\\\.\\[\\]{}()*+?^$|]", "\\\\$0");
  }

  private static SqlText equal(String name, String text) {
    var key = JsonText.write(TextNode.valueOf(name)) + ": ";
    var plain = JsonText.write(TextNode.valueOf(text));
    return SqlText.of("(")
        .add(contains(key + plain))
        .add(" OR ")
        .add(contains(key + JsonText.write(TextNode.valueOf(plain))))
        .add(")");
  }

  private static SqlText contains(String text) {
    var pattern = text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    return SqlText.of("x.content LIKE ? ESCAPE '!'", "%" + pattern + "%");
  }

  private static TrackingException unserved(Comparison comparison) {
    Operator operator = comparison.operator();
    return new TrackingException(
        ErrorCode.NOT_IMPLEMENTED,
        "Comparing span attributes with " + operator.symbol() + " is not served; use LIKE.");
  }
}
