package io.mlopscore.tracking;

import io.mlopscore.tracking.traces.Assessment;
import io.mlopscore.tracking.traces.Assessment.Value;
import io.mlopscore.tracking.traces.ExportedSpan;
import io.mlopscore.tracking.traces.Span;
import io.mlopscore.tracking.traces.TraceInfo;
import io.mlopscore.tracking.traces.TraceState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Spans, traces and assessments to store.
final class ExampleTraces {
  static final String A = "0af7651916cd43dd8448eb211c80319c";
  static final String B = "1af7651916cd43dd8448eb211c80319c";
  static final long START = 1_700_000_000_000L;

  private ExampleTraces() {}

  static ExportedSpan exported(Span span) {
    return new ExportedSpan(
        span, Map.of("service.name", "\"shop\"", "telemetry.sdk.name", "\"mlflow\""));
  }

  static Span root(String trace, String name) {
    var attributes = new LinkedHashMap<String, String>();
    attributes.put(Span.TYPE, "\"TOOL\"");
    attributes.put(
        Span.INPUTS, "{\"messages\": [{\"role\": \"user\", \"content\": \"what now?\"}]}");
    attributes.put(Span.OUTPUTS, "{\"y\": 2}");
    attributes.put("k", "1");
    attributes.put("mlflow.traceTag.colour", "\"red\"");
    attributes.put("session.id", "\"s-1\"");
    attributes.put("user.id", "\"ada\"");
    return span(trace, "b7ad6b7169203331", null, name, attributes);
  }

  static Span child(String trace, String name) {
    return span(
        trace,
        "00f067aa0ba902b7",
        "b7ad6b7169203331",
        name,
        Map.of(
            Span.TOKEN_USAGE,
            "{\"input_tokens\": 10, \"output_tokens\": 5, \"total_tokens\": 15}"));
  }

  static Span span(
      String trace,
      String id,
      @Nullable String parent,
      String name,
      Map<String, String> attributes) {
    var all = new LinkedHashMap<>(attributes);
    all.put(Span.REQUEST_ID, "\"tr-" + trace + "\"");
    var start = START * 1_000_000 + (parent == null ? 1 : 2);
    return new Span(
        trace,
        id,
        parent,
        name,
        start,
        start + 50_000_000,
        name.equals("broken") ? Span.Status.ERROR : Span.Status.OK,
        name.equals("broken") ? "ValueError: boom" : "",
        all,
        List.of(new Span.Event("ev", start + 1, Map.of("a", "[1, 2.5, null, \"ü\"]"))),
        List.of(new Span.Link("tr-" + B, "00f067aa0ba902b8", Map.of("why", "true"))));
  }

  static TraceInfo info(String trace, TraceState state) {
    return info(trace, "0", state);
  }

  static TraceInfo info(String trace, String experiment, TraceState state) {
    return new TraceInfo(
        "tr-" + trace,
        experiment,
        START + 7,
        3L,
        state,
        "req-1",
        "in",
        null,
        Map.of(TraceInfo.SESSION, "talk", "k", "ü"),
        Map.of(TraceInfo.NAME, "answer", "env", "dev"),
        List.of());
  }

  static TraceInfo at(TraceInfo info, long time, Map<String, String> tags) {
    return new TraceInfo(
        info.traceId(),
        info.experimentId(),
        time,
        info.executionDuration(),
        info.state(),
        info.clientRequestId(),
        info.requestPreview(),
        info.responsePreview(),
        info.metadata(),
        tags,
        info.assessments());
  }

  static Assessment feedback(String name, String json) {
    return assessment(name, new Value.Feedback(json, null));
  }

  static Assessment assessment(String name, Value value) {
    return new Assessment(
        "",
        "tr-" + A,
        name,
        value,
        new Assessment.Source("HUMAN", "ada"),
        START,
        START,
        null,
        null,
        "because",
        null,
        true,
        Map.of("m", "1"));
  }

  static Assessment overriding(String id) {
    return new Assessment(
        "",
        "tr-" + A,
        "correct",
        new Value.Feedback("0.5", null),
        new Assessment.Source("CODE", "default"),
        START + 1,
        START + 1,
        null,
        null,
        null,
        id,
        true,
        Map.of());
  }
}
