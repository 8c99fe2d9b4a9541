package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Int;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds a parameter by its dotted path: numbers count into lists, and a part may hold `*`, `?` and
/// `[abc]` as long as only one parameter fits.
public final class ParamsKey {
  private static final Pattern INDEX = Pattern.compile("\\s*[-+]?\\d{1,9}\\s*");

  private ParamsKey() {}

  /// @throws PipelineException when a pattern fits several parameters
  public static Optional<Value> find(Mapping all, String key) {
    var found = List.<Value>of(all);
    for (var part : key.replaceAll("^\\.+", "").split("\\.", -1)) {
      var next = new ArrayList<Value>();
      found.forEach(value -> next.addAll(children(value, part)));
      found = next;
    }
    if (found.size() > 1) {
      throw new PipelineException(
          "the parameter '%s' fits several values; name one".formatted(key));
    }
    return found.stream().findFirst();
  }

  private static List<Value> children(Value value, String part) {
    return switch (value) {
      case Mapping mapping ->
          mapping.entries().entrySet().stream()
              .filter(entry -> fits(entry.getKey(), part))
              .map(Map.Entry::getValue)
              .toList();
      case Items(var items) -> item(items, part);
      case Value _ -> List.of();
    };
  }

  private static List<Value> item(List<Value> items, String part) {
    if (INDEX.matcher(part).matches()) {
      int index = Integer.parseInt(part.strip());
      int position = index < 0 ? index + items.size() : index;
      return position >= 0 && position < items.size() ? List.of(items.get(position)) : List.of();
    }
    var found = new ArrayList<Value>();
    for (int i = 0; i < items.size(); i++) {
      if (fits(Value.of(i), part)) {
        found.add(items.get(i));
      }
    }
    return found;
  }

  private static boolean fits(Value key, String part) {
    return switch (key) {
      case Text(var name) -> fits(name, part);
      case Int(var number) -> fits(number.toString(), part);
      case Value _ -> false;
    };
  }

  private static boolean fits(String name, String part) {
    return name.equals(part) || (hasWildcard(part) && Pattern.matches(expression(part), name));
  }

  private static boolean hasWildcard(String part) {
    return part.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
  }

  /// The regular expression for a shell pattern.
  private static String expression(String part) {
    var expression = new StringBuilder("(?s)");
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      int close = c == '[' ? part.indexOf(']', i + 2) : -1;
      if (c == '*') {
        expression.append(".*");
      } else if (c == '?') {
        expression.append('.');
      } else if (close > 0) {
        var set = part.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
        expression.append('[').append(set.replaceFirst("^!", "^")).append(']');
        i = close;
      } else {
        expression.append(Pattern.quote(Character.toString(c)));
      }
    }
    return expression.toString();
  }
}
