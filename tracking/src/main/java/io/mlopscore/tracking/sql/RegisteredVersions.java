package io.mlopscore.tracking.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;

/// The tag of a logged model that lists the versions registered from it, written as MLflow does:
/// `[{"name": "Iris", "version": 1}]`.
final class RegisteredVersions {
  static final String TAG = "mlflow.modelVersions";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private RegisteredVersions() {}

  /// @param earlier the value of the tag so far; what is no list is replaced
  static String with(String earlier, String name, int version) {
    var entry = "{\"name\": " + json(name) + ", \"version\": " + version + "}";
    var entries = new ArrayList<String>();
    read(earlier).forEach(node -> entries.add(text(node)));
    if (!entries.contains(entry)) {
      entries.add(entry);
    }
    return "[" + String.join(", ", entries) + "]";
  }

  private static JsonNode read(String list) {
    try {
      return JSON.readTree(list);
    } catch (JsonProcessingException _) {
      return JSON.createArrayNode();
    }
  }

  private static String text(JsonNode entry) {
    var fields = new ArrayList<String>();
    entry
        .properties()
        .forEach(field -> fields.add(json(field.getKey()) + ": " + json(field.getValue())));
    return "{" + String.join(", ", fields) + "}";
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and parsed JSON can always be written", e);
    }
  }
}
