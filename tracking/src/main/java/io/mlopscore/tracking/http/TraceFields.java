package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.traces.TraceInfo;
import io.mlopscore.tracking.traces.TraceState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// MLflow's message of a trace as our record.
final class TraceFields {
  private TraceFields() {}

  static TraceInfo info(Call message) {
    var id = message.required("trace_id");
    return new TraceInfo(
        id,
        experiment(message),
        time(message, "request_time"),
        duration(message.text("execution_duration")),
        state(message.text("state")),
        message.optional("client_request_id"),
        text(message.fields(), "request_preview"),
        text(message.fields(), "response_preview"),
        texts(message, "trace_metadata"),
        texts(message, "tags"),
        message
            .objects("assessments")
            .map(assessment -> AssessmentMessages.read(id, assessment))
            .toList());
  }

  /// The experiment that a trace is in; there are no other places here.
  private static String experiment(Call message) {
    var location = message.object("trace_location");
    if (!location.fields().has("mlflow_experiment")) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Traces are kept in MLflow experiments only; 'trace_location' names none.");
    }
    return location.object("mlflow_experiment").required("experiment_id");
  }

  static TraceState state(String name) {
    for (var state : TraceState.values()) {
      if (state.name().equals(name)) {
        return state;
      }
    }
    return TraceState.STATE_UNSPECIFIED;
  }

  /// Milliseconds since the epoch; 0 if it is left out.
  static long time(Call message, String name) {
    var text = message.text(name);
    try {
      return text.isEmpty() ? 0 : Instant.parse(text).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw invalid(name, text, e);
    }
  }

  /// Milliseconds from `0.082s`.
  private static @Nullable Long duration(String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      return new BigDecimal(text.endsWith("s") ? text.substring(0, text.length() - 1) : text)
          .movePointRight(3)
          .setScale(0, RoundingMode.DOWN)
          .longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw invalid("execution_duration", text, e);
    }
  }

  private static TrackingException invalid(String name, String text, RuntimeException e) {
    return new TrackingException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid value \"" + text + "\" for parameter '" + name + "' supplied.",
        e);
  }

  private static @Nullable String text(JsonNode fields, String name) {
    return fields.path(name).isTextual() ? fields.path(name).textValue() : null;
  }

  /// A map of texts.
  static Map<String, String> texts(Call message, String name) {
    var texts = new LinkedHashMap<String, String>();
    message
        .fields()
        .path(name)
        .properties()
        .forEach(pair -> texts.put(pair.getKey(), pair.getValue().asText()));
    return texts;
  }

  /// The experiments among places to search in.
  static List<String> experiments(Call call) {
    return call.objects("locations")
        .filter(location -> location.fields().has("mlflow_experiment"))
        .map(location -> location.object("mlflow_experiment").required("experiment_id"))
        .toList();
  }
}
