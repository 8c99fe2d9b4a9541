package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.TrackingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The fields that a caller sent.
///
/// Null and the empty text count as absent, as in MLflow. The types of JSON are strict, but whole
/// numbers may be texts.
///
/// @param inQuery whether the fields are the words of a query and not JSON; what is there several
///     times is a list
record Call(JsonNode fields, boolean inQuery) {
  private static final String SEE =
      " See the API docs for more information about request parameters.";
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  /// Fields of JSON.
  Call(JsonNode fields) {
    this(fields, false);
  }

  /// The value of a field that is no list; of several in a query the first.
  private JsonNode value(String name) {
    var value = fields.path(name);
    return inQuery && value.isArray() ? value.path(0) : value;
  }

  String text(String name) {
    var value = value(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      throw invalid(name, value);
    }
    return value.textValue();
  }

  /// Whether a field was sent, be it empty.
  boolean has(String name) {
    return !fields.path(name).isMissingNode() && !fields.path(name).isNull();
  }

  String required(String name) {
    var text = text(name);
    if (text.isEmpty()) {
      throw missing(name);
    }
    return text;
  }

  @Nullable String optional(String name) {
    var text = text(name);
    return text.isEmpty() ? null : text;
  }

  /// The run that a call is about; old clients name it `run_uuid`.
  String run() {
    var id = text("run_id");
    return id.isEmpty() ? requiredAs("run_uuid", "run_id") : id;
  }

  private String requiredAs(String name, String shown) {
    var text = text(name);
    if (text.isEmpty()) {
      throw missing(shown);
    }
    return text;
  }

  long whole(String name, long otherwise) {
    var value = value(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    if (value.isFloatingPointNumber() && value.doubleValue() == value.longValue()) {
      return value.longValue();
    }
    try {
      return Long.parseLong(value.isTextual() ? value.textValue() : value.toString());
    } catch (NumberFormatException _) {
      throw invalid(name, value);
    }
  }

  @Nullable Long wholeOrNull(String name) {
    return value(name).isMissingNode() || value(name).isNull() ? null : whole(name, 0);
  }

  /// A yes or no; no if it is left out. A query has it as a word.
  boolean flag(String name) {
    var value = value(name);
    if (value.isMissingNode() || value.isNull()) {
      return false;
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (!inQuery) {
      throw invalid(name, value);
    }
    return switch (value.asText().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new TrackingException(
              ErrorCode.INVALID_PARAMETER_VALUE,
              "Invalid boolean value: " + value.asText() + ", must be 'true' or 'false'.");
    };
  }

  /// A page size.
  int limit(String name, int otherwise, int most) {
    var value = whole(name, otherwise);
    if (value < 1 || value > most) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Invalid value "
              + value
              + " for parameter '"
              + name
              + "' supplied: it must be at least 1 and at most "
              + most
              + ".");
    }
    return (int) value;
  }

  private double number(String name) {
    var value = fields.path(name);
    if (value.isNumber()) {
      return value.doubleValue();
    }
    if (!value.isTextual() && !value.isNull() && !value.isMissingNode()) {
      throw invalid(name, value);
    }
    return switch (value.asText("")) {
      case "" -> throw missing(name);
      case "NaN", "nan" -> Double.NaN;
      case "Infinity", "inf" -> Double.POSITIVE_INFINITY;
      case "-Infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      case String text when NUMBER.matcher(text).matches() -> Double.parseDouble(text);
      default -> throw invalid(name, value);
    };
  }

  @Nullable Double numberOrNull(String name) {
    return has(name) ? Double.valueOf(number(name)) : null;
  }

  /// The point of a metric that these fields describe.
  Metric metric() {
    if (fields.path("timestamp").isMissingNode()) {
      throw missing("timestamp");
    }
    return new Metric(
        required("key"),
        number("value"),
        whole("timestamp", 0),
        whole("step", 0),
        optional("model_id"),
        optional("dataset_name"),
        optional("dataset_digest"));
  }

  Call object(String name) {
    var value = fields.path(name);
    if (!value.isObject()) {
      throw missing(name);
    }
    return new Call(value);
  }

  Stream<Call> objects(String name) {
    return list(name).stream().map(Call::new);
  }

  List<String> texts(String name) {
    var texts = new ArrayList<String>();
    for (var item : list(name)) {
      if (!item.isTextual()) {
        throw invalid(name, item);
      }
      texts.add(item.textValue());
    }
    return texts;
  }

  /// Pairs of texts, such as tags: `[{"key": ..., "value": ...}]`.
  Map<String, String> pairs(String name) {
    var pairs = new LinkedHashMap<String, String>();
    objects(name)
        .forEach(
            pair -> {
              if (pairs.put(pair.required("key"), pair.text("value")) != null
                  && name.equals("params")) {
                throw new TrackingException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Duplicate parameter keys have been submitted: ['"
                        + pair.text("key")
                        + "']. Please ensure the request contains only one param value per key.");
              }
            });
    return pairs;
  }

  private List<JsonNode> list(String name) {
    var value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (inQuery && value.isTextual()) {
      return List.of(value);
    }
    if (!value.isArray()) {
      throw invalid(name, value);
    }
    return value.valueStream().toList();
  }

  static TrackingException missing(String name) {
    return new TrackingException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Missing value for required parameter '" + name + "'." + SEE);
  }

  private static TrackingException invalid(String name, JsonNode value) {
    return new TrackingException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid value "
            + value
            + " for parameter '"
            + name
            + "' supplied:  Hint: Value was of type '"
            + type(value)
            + "'."
            + SEE);
  }

  /// What MLflow calls a type of JSON.
  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "str";
      case BOOLEAN -> "bool";
      case ARRAY -> "list";
      case OBJECT -> "dict";
      case NUMBER -> value.isIntegralNumber() ? "int" : "float";
      case NULL, MISSING, BINARY, POJO -> "NoneType";
    };
  }
}
