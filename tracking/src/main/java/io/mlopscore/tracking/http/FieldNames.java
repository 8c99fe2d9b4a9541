package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.util.ArrayList;
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
  /// @throws TrackingException if a field is named in both ways
  static ObjectNode define(ObjectNode message) {
    for (var sent : inCamelCase(message)) {
      var name = defined(sent);
      if (message.has(name)) {
        throw new TrackingException(
            ErrorCode.INVALID_PARAMETER_VALUE,
            "Request specifies both '%s' and '%s'; provide only one of them."
                .formatted(name, sent));
      }
      message.set(name, message.remove(sent));
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

  /// Loops, as it looks at every point of a batch.
  private static List<String> inCamelCase(ObjectNode message) {
    var names = new ArrayList<String>(0);
    for (var field : message.properties()) {
      if (isCamelCase(field.getKey())) {
        names.add(field.getKey());
      }
    }
    return names;
  }

  private static boolean isCamelCase(String name) {
    for (var at = 0; at < name.length(); at++) {
      if (name.charAt(at) >= 'A' && name.charAt(at) <= 'Z') {
        return true;
      }
    }
    return false;
  }

  private static String defined(String sent) {
    return CAPITAL.matcher(sent).replaceAll(found -> "_" + found.group().toLowerCase(Locale.ROOT));
  }
}
