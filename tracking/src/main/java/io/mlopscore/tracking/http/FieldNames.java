package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Names of fields in JSON. Printers of protocol buffers may write `experimentIds` for
/// `experiment_ids`, and readers take both (https://protobuf.dev/programming-guides/json/).
final class FieldNames {
  private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

  /// Maps, and values of any shape: names in them are the user's own.
  private static final Set<String> FREE = Set.of("metadata", "tags", "trace_metadata", "value");

  private FieldNames() {}

  /// Names all fields of a message, and of the messages in it, as MLflow's protocol defines them.
  ///
  /// @return the same message
  static ObjectNode define(ObjectNode message) {
    for (var sent : inCamelCase(message)) {
      var value = message.remove(sent);
      message.set(defined(sent), value);
    }
    for (var field : message.properties()) {
      if (!FREE.contains(field.getKey())) {
        defineIn(field.getValue());
      }
    }
    return message;
  }

  private static void defineIn(JsonNode value) {
    if (value instanceof ObjectNode message) {
      define(message);
    } else if (value instanceof ArrayNode list) {
      list.forEach(FieldNames::defineIn);
    }
  }

  private static List<String> inCamelCase(ObjectNode message) {
    return message
        .propertyStream()
        .map(field -> field.getKey())
        .filter(FieldNames::isCamelCase)
        .toList();
  }

  private static boolean isCamelCase(String name) {
    return name.chars().anyMatch(letter -> letter >= 'A' && letter <= 'Z');
  }

  private static String defined(String sent) {
    return CAPITAL.matcher(sent).replaceAll(found -> "_" + found.group().toLowerCase(Locale.ROOT));
  }
}
