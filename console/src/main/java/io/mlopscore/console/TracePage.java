package io.mlopscore.console;

import java.util.List;

/// One trace with its spans as a tree.
///
/// @param runHref the run in which it was made; empty if there is none
record TracePage(
    String id,
    String name,
    String experiment,
    String tracesHref,
    String state,
    Moment time,
    String duration,
    String runHref,
    List<SpanRow> spans,
    List<RunPage.Entry> tags,
    List<RunPage.Entry> metadata,
    List<Judgement> assessments)
    implements Page {
  TracePage {
    spans = List.copyOf(spans);
    tags = List.copyOf(tags);
    metadata = List.copyOf(metadata);
    assessments = List.copyOf(assessments);
  }

  /// What somebody said of the trace.
  record Judgement(String name, String value, String source, String rationale) {}

  /// A step.
  ///
  /// @param depth how many spans it is a part of
  /// @param from where it begins in the whole, in thousandths
  /// @param width how long it takes of the whole, in thousandths
  record SpanRow(
      int depth,
      String name,
      String type,
      String status,
      String message,
      String duration,
      double from,
      double width,
      String inputs,
      String outputs,
      List<RunPage.Entry> attributes,
      List<RunPage.Entry> events) {
    SpanRow {
      attributes = List.copyOf(attributes);
      events = List.copyOf(events);
    }

    /// As a class of the style sheet knows it.
    String indent() {
      return "in" + Math.min(depth, 12);
    }
  }
}
