package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.traces.ExportedSpan;
import io.mlopscore.tracking.traces.JsonText;
import io.mlopscore.tracking.traces.Span;
import io.mlopscore.tracking.traces.TraceInfo;
import io.mlopscore.tracking.traces.TraceState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What spans of one trace that came together tell about it.
///
/// @param spans at least one
record SpanFacts(List<ExportedSpan> spans) {
  private static final String TAG = "mlflow.traceTag.";
  private static final int NANOS = 1_000_000;

  /// Milliseconds since the epoch.
  long start() {
    return spans.stream().mapToLong(span -> span.span().startTime()).min().orElse(0) / NANOS;
  }

  Optional<Long> end() {
    return spans.stream()
        .flatMap(span -> Optional.ofNullable(span.span().endTime()).stream())
        .max(Long::compare)
        .map(nanos -> nanos / NANOS);
  }

  Optional<Span> root() {
    return spans.stream().map(ExportedSpan::span).filter(Span::isRoot).findFirst();
  }

  /// How the trace went; only the root knows.
  Optional<TraceState> state() {
    return root()
        .map(root -> root.status() == Span.Status.ERROR ? TraceState.ERROR : TraceState.OK);
  }

  Optional<String> session() {
    return attribute("session.id").or(() -> attribute("gen_ai.conversation.id"));
  }

  Optional<String> user() {
    return attribute("user.id");
  }

  private Optional<String> attribute(String name) {
    return spans.stream()
        .flatMap(span -> JsonText.text(span.span().attributes().get(name)).stream())
        .findFirst();
  }

  /// Tags of the trace: those that the root brings, over what is said of the sending program.
  Map<String, String> tags() {
    var tags = new TreeMap<String, String>();
    spans.getFirst().resource().forEach((name, value) -> putUnlessReserved(tags, name, value));
    root().ifPresent(root -> root.attributes().forEach((name, value) -> putTag(tags, name, value)));
    tags.put(TraceInfo.SPANS_LOCATION, TraceInfo.IN_STORE);
    return tags;
  }

  private static void putUnlessReserved(Map<String, String> tags, String name, String json) {
    if (!name.startsWith("telemetry.sdk.") && !name.startsWith("mlflow.")) {
      putIfValid(tags, name, json);
    }
  }

  private static void putTag(Map<String, String> tags, String name, String json) {
    if (name.startsWith(TAG)) {
      putIfValid(tags, name.substring(TAG.length()), json);
    }
  }

  /// A name that no tag can have does not cost the spans.
  private static void putIfValid(Map<String, String> tags, String name, String json) {
    if (TraceNames.isKey(name)) {
      tags.put(name, JsonText.text(json).orElse(""));
    }
  }
}
