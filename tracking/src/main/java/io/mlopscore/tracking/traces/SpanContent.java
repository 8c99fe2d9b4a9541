package io.mlopscore.tracking.traces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A span as the JSON that MLflow keeps in its database and in `traces.json`.
public final class SpanContent {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String CODE = "STATUS_CODE_";

  private SpanContent() {}

  public static String write(Span span) {
    var content = NODES.objectNode();
    content.put("trace_id", base64(span.otelTraceId()));
    content.put("span_id", base64(span.spanId()));
    var parent = span.parentId();
    content.put("parent_span_id", parent == null ? null : base64(parent));
    content.put("name", span.name());
    content.put("start_time_unix_nano", span.startTime());
    content.put("end_time_unix_nano", span.endTime());
    var events = content.putArray("events");
    span.events().forEach(event -> events.add(event(event)));
    content
        .putObject("status")
        .put("code", CODE + span.status())
        .put("message", span.statusMessage());
    var attributes = content.putObject("attributes");
    span.attributes().forEach(attributes::put);
    var links = content.putArray("links");
    span.links().forEach(link -> links.add(link(link)));
    return JsonText.write(content);
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  private static ObjectNode event(Span.Event event) {
    var node = NODES.objectNode().put("name", event.name()).put("time_unix_nano", event.time());
    return node.set("attributes", values(event.attributes()));
  }

  private static ObjectNode link(Span.Link link) {
    var node = NODES.objectNode().put("trace_id", link.traceId()).put("span_id", link.spanId());
    return link.attributes().isEmpty()
        ? node.putNull("attributes")
        : node.set("attributes", values(link.attributes()));
  }

  private static ObjectNode values(Map<String, String> attributes) {
    var node = NODES.objectNode();
    attributes.forEach(
        (name, json) -> node.set(name, JsonText.read(json).orElse(NODES.nullNode())));
    return node;
  }

  /// @throws TrackingException if it is not what MLflow writes
  public static Span read(String text) {
    var content = JsonText.read(text).orElse(NODES.objectNode());
    if (content.has("context")) {
      return readOld(content);
    }
    try {
      return new Span(
          hex(content.path("trace_id").asText()),
          hex(content.path("span_id").asText()),
          parent(content.path("parent_span_id")),
          content.path("name").asText(),
          content.path("start_time_unix_nano").asLong(),
          time(content.path("end_time_unix_nano")),
          status(content.path("status").path("code").asText()),
          content.path("status").path("message").asText(""),
          texts(content.path("attributes")),
          events(content.path("events"), "time_unix_nano"),
          links(content.path("links")));
    } catch (IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  /// As MLflow wrote spans before 3.0.
  private static Span readOld(JsonNode content) {
    var context = content.path("context");
    var parent = content.path("parent_id");
    try {
      return new Span(
          plainHex(context.path("trace_id").asText()),
          plainHex(context.path("span_id").asText()),
          parent.isTextual() ? plainHex(parent.textValue()) : null,
          content.path("name").asText(),
          content.path("start_time").asLong(),
          time(content.path("end_time")),
          status(content.path("status_code").asText()),
          content.path("status_message").asText(""),
          texts(content.path("attributes")),
          events(content.path("events"), "timestamp"),
          List.of());
    } catch (IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  private static TrackingException unreadable(IllegalArgumentException e) {
    return new TrackingException(
        ErrorCode.INVALID_STATE, "A stored span cannot be read: " + e.getMessage(), e);
  }

  private static String plainHex(String id) {
    return id.startsWith("0x") ? id.substring(2) : id;
  }

  private static @Nullable String parent(JsonNode id) {
    return id.isTextual() && !id.textValue().isEmpty() ? hex(id.textValue()) : null;
  }

  private static String hex(String base64) {
    return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
  }

  private static @Nullable Long time(JsonNode nanos) {
    return nanos.asLong() == 0 ? null : Long.valueOf(nanos.asLong());
  }

  private static Span.Status status(String code) {
    return Span.Status.valueOf(code.replace(CODE, ""));
  }

  private static Map<String, String> texts(JsonNode attributes) {
    var texts = new LinkedHashMap<String, String>();
    attributes
        .properties()
        .forEach(
            attribute -> {
              var value = attribute.getValue();
              texts.put(
                  attribute.getKey(),
                  value.isTextual() ? value.textValue() : JsonText.write(value));
            });
    return texts;
  }

  private static List<Span.Event> events(JsonNode events, String time) {
    return events
        .valueStream()
        .map(
            event ->
                new Span.Event(
                    event.path("name").asText(),
                    event.path(time).asLong(),
                    jsons(event.path("attributes"))))
        .toList();
  }

  private static List<Span.Link> links(JsonNode links) {
    return links
        .valueStream()
        .map(
            link ->
                new Span.Link(
                    link.path("trace_id").asText(),
                    link.path("span_id").asText(),
                    jsons(link.path("attributes"))))
        .toList();
  }

  private static Map<String, String> jsons(JsonNode attributes) {
    var jsons = new LinkedHashMap<String, String>();
    attributes
        .properties()
        .forEach(attribute -> jsons.put(attribute.getKey(), JsonText.write(attribute.getValue())));
    return jsons;
  }
}
