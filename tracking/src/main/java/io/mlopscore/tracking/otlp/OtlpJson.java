package io.mlopscore.tracking.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.traces.ExportedSpan;
import io.mlopscore.tracking.traces.JsonText;
import io.mlopscore.tracking.traces.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Spans as OTLP's JSON, both ways: ids are hexadecimal, whole numbers are texts
/// (<https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding>).
public final class OtlpJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Set<String> OK = Set.of("1", "STATUS_CODE_OK");
  private static final Set<String> ERROR = Set.of("2", "STATUS_CODE_ERROR");

  private OtlpJson() {}

  /// @throws OtlpException if it is no request to export spans, or a span lacks an id
  static List<ExportedSpan> decode(byte[] request) {
    var groups =
        JsonText.read(new String(request, StandardCharsets.UTF_8))
            .orElseThrow(() -> new OtlpException(400, "Invalid OpenTelemetry format"))
            .path("resourceSpans");
    if (!groups.isArray() || groups.isEmpty()) {
      throw new OtlpException(400, "Invalid OpenTelemetry format - no spans found");
    }
    var spans = new ArrayList<ExportedSpan>();
    for (var group : groups) {
      var resource = attributes(group.path("resource").path("attributes"));
      for (var scope : group.path("scopeSpans")) {
        scope.path("spans").forEach(span -> spans.add(new ExportedSpan(span(span), resource)));
      }
    }
    return spans;
  }

  private static Span span(JsonNode span) {
    var traceId = id(span.path("traceId"), 32);
    var parent = span.path("parentSpanId").asText();
    var attributes = attributes(span.path("attributes"));
    attributes.put(Span.REQUEST_ID, "\"tr-" + traceId + "\"");
    return new Span(
        traceId,
        id(span.path("spanId"), 16),
        parent.isEmpty() ? null : id(span.path("parentSpanId"), 16),
        span.path("name").asText(),
        span.path("startTimeUnixNano").asLong(),
        time(span.path("endTimeUnixNano")),
        status(span.path("status").path("code").asText()),
        span.path("status").path("message").asText(""),
        attributes,
        span.path("events").valueStream().map(OtlpJson::event).toList(),
        span.path("links").valueStream().map(OtlpJson::link).toList());
  }

  private static String id(JsonNode id, int digits) {
    var hex = id.asText().toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{" + digits + "}")) {
      throw new OtlpException(422, "Cannot convert OpenTelemetry span to MLflow span");
    }
    return hex;
  }

  private static @Nullable Long time(JsonNode nanos) {
    return nanos.asLong() == 0 ? null : Long.valueOf(nanos.asLong());
  }

  private static Span.Status status(String code) {
    return OK.contains(code)
        ? Span.Status.OK
        : ERROR.contains(code) ? Span.Status.ERROR : Span.Status.UNSET;
  }

  private static Span.Event event(JsonNode event) {
    return new Span.Event(
        event.path("name").asText(),
        event.path("timeUnixNano").asLong(),
        attributes(event.path("attributes")));
  }

  private static Span.Link link(JsonNode link) {
    return new Span.Link(
        "tr-" + id(link.path("traceId"), 32),
        id(link.path("spanId"), 16),
        attributes(link.path("attributes")));
  }

  private static Map<String, String> attributes(JsonNode pairs) {
    var attributes = new LinkedHashMap<String, String>();
    pairs.forEach(
        pair ->
            attributes.put(pair.path("key").asText(), JsonText.write(value(pair.path("value")))));
    return attributes;
  }

  private static JsonNode value(JsonNode any) {
    for (var entry : any.properties()) {
      var value = entry.getValue();
      switch (entry.getKey()) {
        case "stringValue", "boolValue", "bytesValue" -> {
          return value;
        }
        case "intValue" -> {
          return NODES.numberNode(value.asLong());
        }
        case "doubleValue" -> {
          return NODES.numberNode(value.isTextual() ? special(value) : value.doubleValue());
        }
        case "arrayValue" -> {
          var array = NODES.arrayNode();
          value.path("values").forEach(item -> array.add(value(item)));
          return array;
        }
        case "kvlistValue" -> {
          var object = NODES.objectNode();
          value
              .path("values")
              .forEach(pair -> object.set(pair.path("key").asText(), value(pair.path("value"))));
          return object;
        }
        default -> {
          // a kind of value that came later
        }
      }
    }
    return NODES.nullNode();
  }

  private static double special(JsonNode value) {
    try {
      return Double.parseDouble(value.textValue());
    } catch (NumberFormatException e) {
      throw new OtlpException(400, "Invalid OpenTelemetry format", e);
    }
  }

  /// A request to export spans.
  public static String encode(List<ExportedSpan> spans) {
    var request = NODES.objectNode();
    var groups = request.putArray("resourceSpans");
    for (var span : spans) {
      var group = groups.addObject();
      group.putObject("resource").set("attributes", pairs(span.resource()));
      group.putArray("scopeSpans").addObject().putArray("spans").add(encode(span.span()));
    }
    return request.toString();
  }

  private static ObjectNode encode(Span span) {
    var node = NODES.objectNode().put("traceId", span.otelTraceId()).put("spanId", span.spanId());
    if (span.parentId() != null) {
      node.put("parentSpanId", span.parentId());
    }
    node.put("name", span.name()).put("startTimeUnixNano", Long.toString(span.startTime()));
    if (span.endTime() != null) {
      node.put("endTimeUnixNano", Long.toString(span.endTime()));
    }
    node.set("attributes", pairs(span.attributes()));
    var events = node.putArray("events");
    for (var event : span.events()) {
      events
          .addObject()
          .put("name", event.name())
          .put("timeUnixNano", Long.toString(event.time()))
          .set("attributes", pairs(event.attributes()));
    }
    var links = node.putArray("links");
    for (var link : span.links()) {
      links
          .addObject()
          .put("traceId", link.traceId().replaceFirst("^tr-", ""))
          .put("spanId", link.spanId())
          .set("attributes", pairs(link.attributes()));
    }
    node.putObject("status").put("code", code(span.status())).put("message", span.statusMessage());
    return node;
  }

  private static int code(Span.Status status) {
    return switch (status) {
      case UNSET -> 0;
      case OK -> 1;
      case ERROR -> 2;
    };
  }

  private static JsonNode pairs(Map<String, String> attributes) {
    var pairs = NODES.arrayNode();
    attributes.forEach(
        (name, json) ->
            pairs
                .addObject()
                .put("key", name)
                .set("value", any(JsonText.read(json).orElse(NODES.nullNode()))));
    return pairs;
  }

  private static ObjectNode any(JsonNode value) {
    var any = NODES.objectNode();
    return switch (value.getNodeType()) {
      case STRING -> any.put("stringValue", value.textValue());
      case BOOLEAN -> any.put("boolValue", value.booleanValue());
      case NUMBER ->
          value.isIntegralNumber() && value.canConvertToLong()
              ? any.put("intValue", value.asText())
              : Double.isFinite(value.doubleValue())
                  ? any.put("doubleValue", value.doubleValue())
                  : any.put("doubleValue", value.asText());
      case ARRAY -> {
        var values = any.putObject("arrayValue").putArray("values");
        value.forEach(item -> values.add(any(item)));
        yield any;
      }
      case OBJECT -> {
        var values = any.putObject("kvlistValue").putArray("values");
        value
            .properties()
            .forEach(
                pair ->
                    values
                        .addObject()
                        .put("key", pair.getKey())
                        .set("value", any(pair.getValue())));
        yield any;
      }
      case NULL, MISSING, BINARY, POJO -> any;
    };
  }
}
