package io.mlopscore.pipeline.yaml;

import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.Comparator;
import java.util.TreeMap;

/// JSON text as Python's `json.dumps(value, sort_keys=True)` gives it; DVC hashes these bytes, so
/// every blank and escape counts.
public final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder();

  private JsonText() {}

  public static String of(Value value) {
    var json = new JsonText();
    json.value(value);
    return json.out.toString();
  }

  private void value(Value value) {
    switch (value) {
      case Value.Null() -> out.append("null");
      case Value.Bool(var bool) -> out.append(bool);
      case Value.Int(var integer) -> out.append(integer);
      case Value.Real(var real) -> out.append(real(real));
      case Value.Text(var text) -> string(out, text);
      case Value.Moment(var text) ->
          throw new YamlException(
              "the date %s cannot be tracked as a parameter: quote it".formatted(text));
      case Items items -> items(items);
      case Mapping mapping -> mapping(mapping);
    }
  }

  private static String real(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    return PythonFloat.text(value);
  }

  private void items(Items items) {
    out.append('[');
    var separator = "";
    for (var value : items.values()) {
      out.append(separator);
      value(value);
      separator = ", ";
    }
    out.append(']');
  }

  private void mapping(Mapping mapping) {
    var sorted = new TreeMap<String, Value>(BY_CODE_POINT);
    mapping.entries().forEach((key, value) -> sorted.put(key(key), value));
    out.append('{');
    var separator = "";
    for (var entry : sorted.entrySet()) {
      out.append(separator);
      string(out, entry.getKey());
      out.append(": ");
      value(entry.getValue());
      separator = ", ";
    }
    out.append('}');
  }

  private static String key(Value key) {
    return switch (key) {
      case Value.Text(var text) -> text;
      case Value other -> of(other);
    };
  }

  /// Python's order of strings. Java's own differs: it puts U+1F600, a pair of surrogates, before
  /// U+FFEE.
  public static final Comparator<String> BY_CODE_POINT = JsonText::compareCodePoints;

  private static int compareCodePoints(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothOrNone = Character.isSurrogate(x) == Character.isSurrogate(y);
        return bothOrNone ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /// Appends a quoted string; all but ASCII becomes `\\uXXXX`, a pair for what is beyond U+FFFF.
  public static void string(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c >= 0x20 && c < 0x7f) {
            out.append(c);
          } else {
            unicode(out, c);
          }
        }
      }
    }
    out.append('"');
  }

  private static void unicode(StringBuilder out, char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt(c >> shift & 15));
    }
  }
}
