package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mlopscore.tracking.traces.JsonText;
import io.mlopscore.tracking.traces.Span;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Spans of MLflow's messages as our records; the other direction of [TraceMessages].
final class TraceAnswers {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private TraceAnswers() {}

  static Span span(JsonNode message) {
    var code = message.path("status").path("code").asText("STATUS_CODE_UNSET");
    return new Span(
        hex(message.path("trace_id")),
        hex(message.path("span_id")),
        message.has("parent_span_id") ? hex(message.path("parent_span_id")) : null,
        message.path("name").asText(),
        message.path("start_time_unix_nano").asLong(),
        time(message.path("end_time_unix_nano")),
        Span.Status.valueOf(code.replace("STATUS_CODE_", "")),
        message.path("status").path("message").asText(""),
        attributes(message),
        Answers.list(message.path("events"), TraceAnswers::event),
        Answers.list(message.path("links"), TraceAnswers::link));
  }

  private static String hex(JsonNode base64) {
    return HexFormat.of().formatHex(Base64.getDecoder().decode(base64.asText()));
  }

  private static @Nullable Long time(JsonNode nanos) {
    return nanos.asLong() == 0 ? null : Long.valueOf(nanos.asLong());
  }

  private static Span.Event event(JsonNode message) {
    return new Span.Event(
        message.path("name").asText(),
        message.path("time_unix_nano").asLong(),
        attributes(message));
  }

  private static Span.Link link(JsonNode message) {
    return new Span.Link(
        "tr-" + hex(message.path("trace_id")), hex(message.path("span_id")), attributes(message));
  }

  private static Map<String, String> attributes(JsonNode message) {
    var attributes = new LinkedHashMap<String, String>();
    message
        .path("attributes")
        .forEach(
            pair ->
                attributes.put(
                    pair.path("key").asText(), JsonText.write(value(pair.path("value")))));
    return attributes;
  }

  private static JsonNode value(JsonNode any) {
    for (var name : new String[] {"string_value", "bool_value", "int_value"}) {
      if (any.has(name)) {
        return any.path(name);
      }
    }
    if (any.has("double_value")) {
      var number = any.path("double_value");
      return NODES.numberNode(
          number.isTextual() ? Double.parseDouble(number.textValue()) : number.doubleValue());
    }
    if (any.has("array_value")) {
      var array = NODES.arrayNode();
      any.path("array_value").path("values").forEach(item -> array.add(value(item)));
      return array;
    }
    if (any.has("kvlist_value")) {
      var object = NODES.objectNode();
      any.path("kvlist_value")
          .path("values")
          .forEach(pair -> object.set(pair.path("key").asText(), value(pair.path("value"))));
      return object;
    }
    return NODES.nullNode();
  }
}
