package io.mlopscore.tracking.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mlopscore.tracking.traces.JsonText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The value of an assessment as a number for charts.
///
/// @param aggregate absent if it cannot be one
/// @param isNumeric whether it was one: "yes" and true count 1, but are none
record AssessmentNumber(@Nullable Double aggregate, boolean isNumeric) {
  /// @param json a text that is no JSON is its own value
  static AssessmentNumber of(@Nullable String json) {
    var value =
        JsonText.read(json)
            .orElseGet(() -> JsonNodeFactory.instance.textNode(json == null ? "" : json));
    return new AssessmentNumber(
        aggregate(value), value.isNumber() && Double.isFinite(value.doubleValue()));
  }

  private static @Nullable Double aggregate(JsonNode value) {
    if (value.isNumber()) {
      return Double.isFinite(value.doubleValue()) ? value.doubleValue() : null;
    }
    if (value.isBoolean()) {
      return value.booleanValue() ? 1.0 : 0.0;
    }
    return switch (value.isTextual() ? value.textValue().strip().toLowerCase(Locale.ROOT) : "") {
      case "yes" -> 1.0;
      case "no" -> 0.0;
      default -> null;
    };
  }
}
