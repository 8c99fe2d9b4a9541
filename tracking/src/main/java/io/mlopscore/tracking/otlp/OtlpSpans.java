package io.mlopscore.tracking.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.mlopscore.tracking.traces.ExportedSpan;
import io.mlopscore.tracking.traces.JsonText;
import io.mlopscore.tracking.traces.Span;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the spans of an `ExportTraceServiceRequest`.
public final class OtlpSpans {
  private static final HexFormat HEX = HexFormat.of();

  private OtlpSpans() {}

  /// @throws OtlpException if it is no such request, or a span lacks an id
  public static List<ExportedSpan> decode(byte[] request) {
    var spans = new ArrayList<ExportedSpan>();
    for (var group : parsed(request).getResourceSpansList()) {
      var resource = attributes(group.getResource().getAttributesList());
      for (var scope : group.getScopeSpansList()) {
        for (var span : scope.getSpansList()) {
          spans.add(new ExportedSpan(span(span), resource));
        }
      }
    }
    return spans;
  }

  private static ExportTraceServiceRequest parsed(byte[] request) {
    try {
      var parsed = ExportTraceServiceRequest.parseFrom(request);
      if (parsed.getResourceSpansCount() == 0) {
        throw new OtlpException(400, "Invalid OpenTelemetry format - no spans found");
      }
      return parsed;
    } catch (InvalidProtocolBufferException e) {
      throw new OtlpException(400, "Invalid OpenTelemetry format", e);
    }
  }

  private static Span span(io.opentelemetry.proto.trace.v1.Span span) {
    var traceId = id(span.getTraceId(), 32);
    var attributes = attributes(span.getAttributesList());
    // what a sender says of it is not trusted
    attributes.put(Span.REQUEST_ID, "\"tr-" + traceId + "\"");
    return new Span(
        traceId,
        id(span.getSpanId(), 16),
        span.getParentSpanId().isEmpty() ? null : id(span.getParentSpanId(), 16),
        span.getName(),
        span.getStartTimeUnixNano(),
        time(span.getEndTimeUnixNano()),
        status(span.getStatus()),
        span.getStatus().getMessage(),
        attributes,
        span.getEventsList().stream().map(OtlpSpans::event).toList(),
        span.getLinksList().stream().map(OtlpSpans::link).toList());
  }

  /// As many digits as the format allows, whatever was sent.
  private static String id(ByteString bytes, int digits) {
    if (bytes.isEmpty() || bytes.size() * 2 > digits) {
      throw new OtlpException(422, "Cannot convert OpenTelemetry span to MLflow span");
    }
    var hex = HEX.formatHex(bytes.toByteArray());
    return "0".repeat(digits - hex.length()) + hex;
  }

  private static @Nullable Long time(long nanos) {
    return nanos == 0 ? null : Long.valueOf(nanos);
  }

  private static Span.Status status(Status status) {
    return switch (status.getCode()) {
      case STATUS_CODE_OK -> Span.Status.OK;
      case STATUS_CODE_ERROR -> Span.Status.ERROR;
      case STATUS_CODE_UNSET, UNRECOGNIZED -> Span.Status.UNSET;
    };
  }

  private static Span.Event event(io.opentelemetry.proto.trace.v1.Span.Event event) {
    return new Span.Event(
        event.getName(), event.getTimeUnixNano(), attributes(event.getAttributesList()));
  }

  private static Span.Link link(io.opentelemetry.proto.trace.v1.Span.Link link) {
    return new Span.Link(
        "tr-" + id(link.getTraceId(), 32),
        id(link.getSpanId(), 16),
        attributes(link.getAttributesList()));
  }

  private static Map<String, String> attributes(List<KeyValue> pairs) {
    var attributes = new LinkedHashMap<String, String>();
    pairs.forEach(
        pair -> attributes.put(pair.getKey(), JsonText.write(OtlpValue.json(pair.getValue()))));
    return attributes;
  }
}
