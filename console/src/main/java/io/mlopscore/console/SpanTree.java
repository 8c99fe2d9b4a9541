package io.mlopscore.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlopscore.tracking.traces.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Spans in the order in which they are read: each before its parts, these by their start.
///
/// @param first when the first begins, in nanoseconds
/// @param last when the last ends
record SpanTree(List<Span> spans, long first, long last) {
  private static final int MOST = 2000;
  private static final Set<String> SHOWN_APART =
      Set.of(Span.TYPE, Span.REQUEST_ID, Span.INPUTS, Span.OUTPUTS);
  private static final ObjectMapper JSON = new ObjectMapper();

  static SpanTree of(List<Span> spans) {
    var first = spans.stream().mapToLong(Span::startTime).min().orElse(0);
    var last = spans.stream().mapToLong(SpanTree::end).max().orElse(first);
    return new SpanTree(List.copyOf(spans), first, last);
  }

  private static long end(Span span) {
    return Objects.requireNonNullElse(span.endTime(), span.startTime());
  }

  List<TracePage.SpanRow> rows() {
    var parts = new HashMap<String, List<Span>>();
    var known = new HashSet<String>();
    spans.forEach(span -> known.add(span.spanId()));
    for (var span : spans) {
      var parent = span.parentId();
      var at = parent != null && known.contains(parent) ? parent : "";
      parts.computeIfAbsent(at, _ -> new ArrayList<>()).add(span);
    }
    var rows = new ArrayList<TracePage.SpanRow>();
    below("", 0, parts, rows);
    return rows;
  }

  /// What was visited is taken out, so that spans that are parts of each other end somewhere.
  private void below(
      String parent, int depth, HashMap<String, List<Span>> parts, List<TracePage.SpanRow> rows) {
    var children = parts.remove(parent);
    if (children == null) {
      return;
    }
    children.sort(Comparator.comparingLong(Span::startTime));
    for (var span : children) {
      if (rows.size() < MOST) {
        rows.add(row(span, depth));
        below(span.spanId(), depth + 1, parts, rows);
      }
    }
  }

  private TracePage.SpanRow row(Span span, int depth) {
    var whole = Math.max(1, last - first);
    return new TracePage.SpanRow(
        depth,
        span.name(),
        span.type(),
        span.status().name(),
        span.statusMessage(),
        span.endTime() == null ? "" : Times.nanos(span.endTime() - span.startTime()),
        1000.0 * (span.startTime() - first) / whole,
        Math.max(3, 1000.0 * (end(span) - span.startTime()) / whole),
        indented(span.attributes().getOrDefault(Span.INPUTS, "")),
        indented(span.attributes().getOrDefault(Span.OUTPUTS, "")),
        span.attributes().entrySet().stream()
            .filter(attribute -> !SHOWN_APART.contains(attribute.getKey()))
            .map(attribute -> entry(attribute.getKey(), attribute.getValue()))
            .toList(),
        span.events().stream()
            .map(event -> entry(event.name(), event.attributes().toString()))
            .toList());
  }

  private static RunPage.Entry entry(String key, String value) {
    return new RunPage.Entry(key, value, value);
  }

  /// As it is if it is no JSON.
  static String indented(String text) {
    try {
      return text.isEmpty()
          ? ""
          : JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(text));
    } catch (JsonProcessingException _) {
      return text;
    }
  }
}
