package io.mlopscore.tracking.search;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes trees as the text of a filter.
final class FilterText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*");

  private FilterText() {}

  static String of(Filter filter) {
    return switch (filter) {
      case Filter.And(var parts) -> joined(" AND ", parts);
      case Filter.Or(var parts) -> joined(" OR ", parts);
      case Filter.Not(var part) -> "NOT " + grouped(part);
      case Filter.Comparison(var field, var operator, var value) ->
          name(field) + " " + operator.symbol() + " " + value(value);
      case Filter.Presence(var field, var present) ->
          name(field) + (present ? " IS NOT NULL" : " IS NULL");
    };
  }

  private static String joined(String word, List<Filter> parts) {
    return parts.stream().map(FilterText::grouped).collect(Collectors.joining(word));
  }

  private static String grouped(Filter filter) {
    return switch (filter) {
      case Filter.And _, Filter.Or _ -> "(" + of(filter) + ")";
      case Filter.Not _, Filter.Comparison _, Filter.Presence _ -> of(filter);
    };
  }

  private static String name(Field field) {
    return switch (field.kind()) {
      case METRIC -> "metrics." + key(field.key());
      case PARAM -> "params." + key(field.key());
      case TAG -> "tags." + key(field.key());
      case ATTRIBUTE -> field.key();
      case DATASET -> "datasets." + field.key();
      case METADATA -> "metadata." + key(field.key());
      case SPAN, FEEDBACK, EXPECTATION, ISSUE -> field.kind().word() + "." + key(field.key());
    };
  }

  private static String key(String key) {
    if (PLAIN.matcher(key).matches()) {
      return key;
    }
    return key.contains("`") ? "\"" + key + "\"" : "`" + key + "`";
  }

  private static String value(Value value) {
    return switch (value) {
      case Value.Text(var text) -> quoted(text);
      case Value.Numeric(var number) -> number(number);
      case Value.Texts(var texts) ->
          texts.stream().map(FilterText::quoted).collect(Collectors.joining(", ", "(", ")"));
    };
  }

  /// There is no way to write a text that holds both kinds of quotes.
  private static String quoted(String text) {
    return text.contains("'") ? "\"" + text + "\"" : "'" + text + "'";
  }

  private static String number(double number) {
    if (Double.isInfinite(number)) {
      return number > 0 ? "1e999" : "-1e999";
    }
    return Double.toString(number);
  }
}
