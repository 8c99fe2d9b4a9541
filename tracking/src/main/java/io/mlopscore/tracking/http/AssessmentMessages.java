package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.traces.Assessment;
import io.mlopscore.tracking.traces.Assessment.Failure;
import io.mlopscore.tracking.traces.Assessment.Value;
import io.mlopscore.tracking.traces.JsonText;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Assessments as MLflow's messages, both ways.
final class AssessmentMessages {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Set<String> SOURCES = Set.of("HUMAN", "LLM_JUDGE", "CODE");

  private AssessmentMessages() {}

  static ObjectNode write(Assessment assessment) {
    var message = Messages.empty();
    Messages.putIfPresent(message, "assessment_id", assessment.id());
    message.put("assessment_name", assessment.name()).put("trace_id", assessment.traceId());
    TraceMessages.putUnlessNull(message, "span_id", assessment.spanId());
    var source = message.putObject("source").put("source_type", assessment.source().type());
    TraceMessages.putUnlessNull(source, "source_id", assessment.source().id());
    message.put("create_time", TraceMessages.time(assessment.createTime()));
    message.put("last_update_time", TraceMessages.time(assessment.lastUpdateTime()));
    message.set(assessment.value().type(), value(assessment.value()));
    TraceMessages.putUnlessNull(message, "rationale", assessment.rationale());
    TraceMessages.putUnlessEmpty(message, "metadata", assessment.metadata());
    Messages.putIfPresent(message, "overrides", assessment.overrides());
    return message.put("valid", assessment.valid());
  }

  static ObjectNode value(Value value) {
    return switch (value) {
      case Value.Feedback(var json, var failure) -> {
        var feedback = Messages.empty().<ObjectNode>set("value", json(json));
        yield failure == null ? feedback : feedback.set("error", error(failure));
      }
      case Value.Expectation(var json) -> expectation(json);
      case Value.Issue(var name) -> Messages.empty().put("issue_name", name);
    };
  }

  private static JsonNode json(String text) {
    return JsonText.read(text).orElse(NODES.nullNode());
  }

  private static ObjectNode error(Failure failure) {
    var error = Messages.empty().put("error_code", failure.code());
    TraceMessages.putUnlessNull(error, "error_message", failure.message());
    TraceMessages.putUnlessNull(error, "stack_trace", failure.stackTrace());
    return error;
  }

  /// What has parts is sent as text, so that whole numbers in it stay whole.
  private static ObjectNode expectation(String json) {
    var value = json(json);
    if (!value.isContainerNode()) {
      return Messages.empty().set("value", value);
    }
    var serialized = Messages.empty().put("serialization_format", "JSON_FORMAT").put("value", json);
    return Messages.of("serialized_value", serialized);
  }

  /// @param traceId the trace that the assessment is of, whatever it says itself
  static Assessment read(String traceId, Call message) {
    var metadata = TraceFields.texts(message, "metadata");
    return new Assessment(
        message.text("assessment_id"),
        traceId,
        message.required("assessment_name"),
        value(message),
        source(message),
        TraceFields.time(message, "create_time"),
        TraceFields.time(message, "last_update_time"),
        metadata.get(Assessment.SOURCE_RUN),
        message.optional("span_id"),
        message.optional("rationale"),
        message.optional("overrides"),
        !message.fields().has("valid") || message.flag("valid"),
        metadata);
  }

  private static Assessment.Source source(Call message) {
    if (!message.fields().has("source")) {
      return new Assessment.Source("CODE", "default");
    }
    var source = message.object("source");
    var type = source.text("source_type");
    return new Assessment.Source(
        SOURCES.contains(type)
            ? type
            : type.equals("AI_JUDGE") ? "LLM_JUDGE" : "SOURCE_TYPE_UNSPECIFIED",
        source.optional("source_id"));
  }

  static Value value(Call message) {
    var fields = message.fields();
    if (fields.path("feedback").isObject()) {
      var feedback = message.object("feedback").fields();
      return new Value.Feedback(
          JsonText.write(numbers(feedback.path("value"))), failure(feedback.path("error")));
    }
    if (fields.path("expectation").isObject()) {
      var expectation = message.object("expectation");
      var serialized = expectation.fields().path("serialized_value").path("value");
      return new Value.Expectation(
          serialized.isTextual()
              ? serialized.textValue()
              : JsonText.write(numbers(expectation.fields().path("value"))));
    }
    if (fields.path("issue").isObject()) {
      return new Value.Issue(message.object("issue").text("issue_name"));
    }
    throw new TrackingException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Assessment must have either feedback, expectation, or issue value");
  }

  /// Numbers of protocol buffers are all doubles.
  private static JsonNode numbers(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER -> NODES.numberNode(value.doubleValue());
      case ARRAY -> {
        var array = NODES.arrayNode();
        value.forEach(item -> array.add(numbers(item)));
        yield array;
      }
      case OBJECT -> {
        var object = NODES.objectNode();
        value.properties().forEach(pair -> object.set(pair.getKey(), numbers(pair.getValue())));
        yield object;
      }
      case STRING, BOOLEAN -> value;
      case NULL, MISSING, BINARY, POJO -> NODES.nullNode();
    };
  }

  private static @Nullable Failure failure(JsonNode error) {
    return error.isObject()
        ? new Failure(
            error.path("error_code").asText(),
            error.path("error_message").asText(null),
            error.path("stack_trace").asText(null))
        : null;
  }
}
