package io.mlopscore.tracking.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.traces.ExportedSpan;
import io.mlopscore.tracking.traces.JsonText;
import io.mlopscore.tracking.traces.Span;
import io.mlopscore.tracking.traces.SpanContent;
import io.mlopscore.tracking.traces.TraceInfo;
import io.mlopscore.tracking.traces.TraceState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `spans`, and what spans tell about their traces.
final class SqlSpans {
  private static final String USER = "mlflow.trace.user";

  private SqlSpans() {}

  static void log(Handle handle, String experiment, List<ExportedSpan> spans) {
    Layout.of(handle).require("spans", "spans");
    var home = SqlExperiments.get(handle, experiment);
    var byTrace = new TreeMap<String, List<ExportedSpan>>();
    spans.forEach(
        span -> byTrace.computeIfAbsent(span.span().traceId(), _ -> new ArrayList<>()).add(span));
    byTrace.forEach((trace, own) -> logTrace(handle, home, trace, new SpanFacts(own)));
  }

  private static void logTrace(Handle handle, Experiment home, String trace, SpanFacts facts) {
    var added = SqlTraceInfos.addOrLock(handle, columns(home.id(), trace, facts));
    SqlTraceInfos.refuseArchived(handle, trace);
    var tags = facts.tags();
    if (added) {
      tags.put(TraceInfo.ARTIFACT_LOCATION, SqlTraceInfos.artifacts(home, trace));
    }
    var before = TraceReading.info(handle, trace);
    var number = SqlExperiments.number(before.experimentId());
    facts.spans().forEach(span -> write(handle, number, span.span()));
    learn(handle, before, facts, tags);
    if (TraceColumns.exist(handle)) {
      tags.keySet().removeIf(TraceColumns::isTag);
    }
    SqlTraceInfos.writeTags(handle, trace, tags);
  }

  private static Map<String, @Nullable Object> columns(
      String experiment, String trace, SpanFacts facts) {
    var columns = new LinkedHashMap<String, @Nullable Object>();
    columns.put("request_id", trace);
    columns.put("experiment_id", SqlExperiments.number(experiment));
    columns.put("timestamp_ms", facts.start());
    columns.put("execution_time_ms", facts.end().map(end -> end - facts.start()).orElse(null));
    columns.put("status", facts.state().orElse(TraceState.IN_PROGRESS).name());
    return columns;
  }

  private static void write(Handle handle, long experiment, Span span) {
    var columns = new LinkedHashMap<String, @Nullable Object>();
    columns.put("trace_id", span.traceId());
    columns.put("span_id", span.spanId());
    columns.put("experiment_id", experiment);
    columns.put("parent_span_id", span.parentId());
    columns.put("name", span.name().replace("\0", ""));
    columns.put("type", cut(span.type()));
    columns.put("status", span.status().name());
    columns.put("start_time_unix_nano", span.startTime());
    columns.put("end_time_unix_nano", span.endTime());
    columns.put("content", SpanContent.write(span));
    if (Layout.of(handle).has("spans", "model_name")) {
      columns.put("model_name", text(span, Span.MODEL));
      columns.put("model_provider", text(span, Span.MODEL_PROVIDER));
      columns.putAll(
          JsonText.read(span.attributes().get(Span.COST))
              .map(TraceColumns::costs)
              .orElse(Map.of()));
    }
    var changes =
        columns.keySet().stream().skip(2).map(name -> name + " = excluded." + name).toList();
    SqlTraceInfos.insert(
        handle,
        "spans",
        columns,
        " ON CONFLICT (trace_id, span_id) DO UPDATE SET " + String.join(", ", changes));
  }

  private static @Nullable String text(Span span, String attribute) {
    return JsonText.text(span.attributes().get(attribute)).map(SqlSpans::cut).orElse(null);
  }

  private static String cut(String text) {
    var plain = text.replace("\0", "");
    return plain.length() <= 500 ? plain : plain.substring(0, 500);
  }

  /// Adds to a trace what its spans tell, where nobody has said better.
  private static void learn(
      Handle handle, TraceInfo before, SpanFacts facts, Map<String, String> tags) {
    var isFinal = before.metadata().containsKey(SqlTraceInfos.FINALIZED);
    var columns = new LinkedHashMap<String, @Nullable Object>();
    if (!isFinal) {
      columns.putAll(times(before, facts));
    }
    if (before.state() == TraceState.IN_PROGRESS
        || before.state() == TraceState.STATE_UNSPECIFIED) {
      facts.state().ifPresent(state -> columns.put("status", state.name()));
    }
    if (Layout.of(handle).has("trace_info", "request_preview")) {
      facts.root().ifPresent(root -> columns.putAll(previews(before, root)));
    }
    var metadata = metadata(handle, before, facts, isFinal);
    if (TraceColumns.exist(handle)) {
      columns.putAll(TraceColumns.of(tags, metadata));
      metadata.keySet().removeIf(TraceColumns::isMetadata);
    }
    update(handle, before.traceId(), columns);
    SqlTraceInfos.writeMetadata(handle, before.traceId(), metadata);
  }

  /// From the first start to the last end.
  private static Map<String, Object> times(TraceInfo before, SpanFacts facts) {
    var columns = new LinkedHashMap<String, Object>();
    var start = Math.min(before.requestTime(), facts.start());
    columns.put("timestamp_ms", start);
    var duration = before.executionDuration();
    facts
        .end()
        .map(end -> duration == null ? end : Math.max(end, before.requestTime() + duration))
        .ifPresent(end -> columns.put("execution_time_ms", end - start));
    return columns;
  }

  private static Map<String, Object> previews(TraceInfo before, Span root) {
    var columns = new LinkedHashMap<String, Object>();
    var inputs = root.attributes().get(Span.INPUTS);
    if (before.requestPreview() == null && inputs != null) {
      columns.put("request_preview", TracePreview.of(inputs, "user").replace("\0", ""));
    }
    var outputs = root.attributes().get(Span.OUTPUTS);
    if (before.responsePreview() == null && outputs != null) {
      columns.put("response_preview", TracePreview.of(outputs, "assistant").replace("\0", ""));
    }
    return columns;
  }

  private static Map<String, String> metadata(
      Handle handle, TraceInfo before, SpanFacts facts, boolean isFinal) {
    var metadata = new TreeMap<String, String>();
    facts.session().ifPresent(session -> metadata.put(TraceInfo.SESSION, within(session)));
    facts.user().ifPresent(user -> metadata.put(USER, user));
    metadata.keySet().removeAll(before.metadata().keySet());
    var all = all(handle, before.traceId(), facts);
    if (!isFinal || !before.metadata().containsKey(TraceInfo.TOKEN_USAGE)) {
      put(metadata, TraceInfo.TOKEN_USAGE, SpanTotals.tokens(all));
    }
    if (!isFinal || !before.metadata().containsKey(TraceInfo.COST)) {
      put(metadata, TraceInfo.COST, SpanTotals.costs(all));
    }
    return metadata;
  }

  private static String within(String session) {
    return Rows.orEmpty(TraceNames.within("Session ID", session, 250));
  }

  private static void put(Map<String, String> metadata, String key, Optional<ObjectNode> total) {
    total.ifPresent(node -> metadata.put(key, JsonText.write(node)));
  }

  /// All spans of the trace, if these count tokens or costs that must be added up.
  private static List<Span> all(Handle handle, String trace, SpanFacts facts) {
    var counts =
        facts.spans().stream()
            .map(span -> span.span().attributes().keySet())
            .anyMatch(names -> names.contains(Span.TOKEN_USAGE) || names.contains(Span.COST));
    return counts
        ? TraceReading.spans(handle, List.of(trace)).getOrDefault(trace, List.of())
        : List.of();
  }

  private static void update(Handle handle, String trace, Map<String, @Nullable Object> columns) {
    if (columns.isEmpty()) {
      return;
    }
    var changes = columns.keySet().stream().map(name -> name + " = ?").toList();
    var values = new ArrayList<@Nullable Object>(columns.values());
    values.add(trace);
    handle.execute(
        "UPDATE trace_info SET " + String.join(", ", changes) + " WHERE request_id = ?",
        values.toArray());
    SqlAssessments.stampTrace(handle, trace);
  }
}
