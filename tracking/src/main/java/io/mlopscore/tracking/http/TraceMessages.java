package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.traces.JsonText;
import io.mlopscore.tracking.traces.Span;
import io.mlopscore.tracking.traces.Trace;
import io.mlopscore.tracking.traces.TraceInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Traces as MLflow's messages; spans are messages of OpenTelemetry.
final class TraceMessages {
  private TraceMessages() {}

  static ObjectNode trace(Trace trace) {
    var message = Messages.of("trace_info", info(trace.info()));
    return Messages.list(message, "spans", trace.spans(), TraceMessages::span);
  }

  static ObjectNode info(TraceInfo trace) {
    var message = Messages.empty().put("trace_id", trace.traceId());
    putUnlessNull(message, "client_request_id", trace.clientRequestId());
    message
        .putObject("trace_location")
        .put("type", "MLFLOW_EXPERIMENT")
        .putObject("mlflow_experiment")
        .put("experiment_id", trace.experimentId());
    message.put("request_time", time(trace.requestTime()));
    var duration = trace.executionDuration();
    if (duration != null) {
      message.put("execution_duration", seconds(duration));
    }
    message.put("state", trace.state().name());
    putUnlessEmpty(message, "trace_metadata", trace.metadata());
    putUnlessEmpty(message, "tags", trace.tags());
    putUnlessNull(message, "request_preview", trace.requestPreview());
    putUnlessNull(message, "response_preview", trace.responsePreview());
    return Messages.list(message, "assessments", trace.assessments(), AssessmentMessages::write);
  }

  /// As MLflow 2 knew traces.
  static ObjectNode oldInfo(TraceInfo trace) {
    var message =
        Messages.empty()
            .put("request_id", trace.traceId())
            .put("experiment_id", trace.experimentId())
            .put("timestamp_ms", trace.requestTime());
    var duration = trace.executionDuration();
    if (duration != null) {
      message.put("execution_time_ms", duration);
    }
    message.put("status", trace.state().name().replace("STATE_", "TRACE_STATUS_"));
    Messages.pairs(message, "request_metadata", trace.metadata());
    return Messages.pairs(message, "tags", trace.tags());
  }

  static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  /// `0.082s`, with as many groups of three digits as needed.
  private static String seconds(long millis) {
    return millis % 1000 == 0 ? millis / 1000 + "s" : BigDecimal.valueOf(millis, 3) + "s";
  }

  static void putUnlessNull(ObjectNode into, String name, @Nullable String value) {
    if (value != null) {
      into.put(name, value);
    }
  }

  static void putUnlessEmpty(ObjectNode into, String name, Map<String, String> pairs) {
    if (!pairs.isEmpty()) {
      var object = into.putObject(name);
      pairs.forEach(object::put);
    }
  }

  private static ObjectNode span(Span span) {
    var message =
        Messages.empty()
            .put("trace_id", base64(span.otelTraceId()))
            .put("span_id", base64(span.spanId()));
    var parent = span.parentId();
    if (parent != null) {
      message.put("parent_span_id", base64(parent));
    }
    Messages.putIfPresent(message, "name", span.name());
    message.put("start_time_unix_nano", span.startTime());
    if (span.endTime() != null) {
      message.put("end_time_unix_nano", span.endTime());
    }
    attributes(message, span.attributes());
    Messages.list(message, "events", span.events(), TraceMessages::event);
    Messages.list(message, "links", span.links(), TraceMessages::link);
    return message.set("status", status(span));
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  private static ObjectNode status(Span span) {
    var status = Messages.empty();
    Messages.putIfPresent(status, "message", span.statusMessage());
    return span.status() == Span.Status.UNSET
        ? status
        : status.put("code", "STATUS_CODE_" + span.status());
  }

  private static ObjectNode event(Span.Event event) {
    var message = Messages.empty().put("time_unix_nano", event.time()).put("name", event.name());
    return attributes(message, event.attributes());
  }

  private static ObjectNode link(Span.Link link) {
    var message =
        Messages.empty()
            .put("trace_id", base64(link.traceId().replaceFirst("^tr-", "")))
            .put("span_id", base64(link.spanId()));
    return attributes(message, link.attributes());
  }

  private static ObjectNode attributes(ObjectNode into, Map<String, String> attributes) {
    if (!attributes.isEmpty()) {
      var array = into.putArray("attributes");
      attributes.forEach(
          (name, json) ->
              JsonText.read(json)
                  .ifPresent(value -> array.addObject().put("key", name).set("value", any(value))));
    }
    return into;
  }

  private static ObjectNode any(JsonNode value) {
    var any = Messages.empty();
    return switch (value.getNodeType()) {
      case STRING -> any.put("string_value", value.textValue());
      case BOOLEAN -> any.put("bool_value", value.booleanValue());
      case NUMBER ->
          value.canConvertToLong() && value.isIntegralNumber()
              ? any.put("int_value", value.longValue())
              : any.set("double_value", number(value.doubleValue()));
      case ARRAY -> any.set("array_value", array(value));
      case OBJECT -> any.set("kvlist_value", pairs(value));
      case NULL, MISSING, BINARY, POJO -> any;
    };
  }

  private static JsonNode number(double value) {
    var nodes = Messages.empty();
    return Double.isFinite(value) ? nodes.numberNode(value) : nodes.textNode(value + "");
  }

  private static ObjectNode array(JsonNode value) {
    return list(
        value
            .valueStream()
            .map(TraceMessages::any)
            .collect(Messages.empty()::arrayNode, ArrayNode::add, ArrayNode::addAll));
  }

  private static ObjectNode pairs(JsonNode value) {
    var pairs = Messages.empty().arrayNode();
    value
        .properties()
        .forEach(
            pair -> pairs.addObject().put("key", pair.getKey()).set("value", any(pair.getValue())));
    return list(pairs);
  }

  private static ObjectNode list(ArrayNode values) {
    var list = Messages.empty();
    return values.isEmpty() ? list : list.set("values", values);
  }
}
