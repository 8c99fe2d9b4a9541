package io.mlopscore.tracking.traces;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One step of a trace, as OpenTelemetry describes it:
/// <https://opentelemetry.io/docs/specs/otel/trace/api/#span>.
///
/// @param otelTraceId 32 hexadecimal digits
/// @param spanId 16 hexadecimal digits
/// @param parentId the span that it is a part of; null for the root
/// @param startTime nanoseconds since the epoch
/// @param endTime the same; null while it runs
/// @param attributes by name, each value as JSON
public record Span(
    String otelTraceId,
    String spanId,
    @Nullable String parentId,
    String name,
    long startTime,
    @Nullable Long endTime,
    Status status,
    String statusMessage,
    Map<String, String> attributes,
    List<Event> events,
    List<Link> links) {
  /// The attribute with the kind of step, such as `"TOOL"`.
  public static final String TYPE = "mlflow.spanType";

  /// The attribute with the id of the trace.
  public static final String REQUEST_ID = "mlflow.traceRequestId";

  public static final String INPUTS = "mlflow.spanInputs";
  public static final String OUTPUTS = "mlflow.spanOutputs";
  public static final String TOKEN_USAGE = "mlflow.chat.tokenUsage";
  public static final String COST = "mlflow.llm.cost";
  public static final String MODEL = "mlflow.llm.model";
  public static final String MODEL_PROVIDER = "mlflow.llm.provider";

  /// How a step ended.
  public enum Status {
    UNSET,
    OK,
    ERROR
  }

  /// Something that happened during a step.
  ///
  /// @param time nanoseconds since the epoch
  /// @param attributes by name, each value as JSON
  public record Event(String name, long time, Map<String, String> attributes) {
    public Event {
      attributes = ordered(attributes);
    }
  }

  /// A step that has to do with this one without being a part of it.
  ///
  /// @param traceId as MLflow writes it
  /// @param attributes by name, each value as JSON
  public record Link(String traceId, String spanId, Map<String, String> attributes) {
    public Link {
      attributes = ordered(attributes);
    }
  }

  public Span {
    attributes = ordered(attributes);
    events = List.copyOf(events);
    links = List.copyOf(links);
  }

  private static Map<String, String> ordered(Map<String, String> attributes) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /// The id of the trace as MLflow writes it.
  public String traceId() {
    return "tr-" + otelTraceId;
  }

  public boolean isRoot() {
    return parentId == null;
  }

  /// The kind of step; `UNKNOWN` if nobody said.
  public String type() {
    return JsonText.text(attributes.get(TYPE)).orElse("UNKNOWN");
  }
}
