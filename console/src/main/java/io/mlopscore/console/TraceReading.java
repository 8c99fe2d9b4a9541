package io.mlopscore.console;

import io.mlopscore.tracking.traces.Assessment;
import io.mlopscore.tracking.traces.Span;
import io.mlopscore.tracking.traces.Trace;
import io.mlopscore.tracking.traces.TraceInfo;
import java.util.Objects;

/// Reads what a [TracePage] shows.
record TraceReading(Visit visit) {
  Page page() {
    var trace = visit.tracking().trace(visit.path("id"));
    var info = trace.info();
    var experiment = visit.store().experiment(info.experimentId());
    var duration = info.executionDuration();
    var run = info.metadata().getOrDefault(TraceInfo.SOURCE_RUN, "");
    return new TracePage(
        info.traceId(),
        name(trace),
        experiment.name(),
        visit.links().traces(experiment.id()),
        info.state().name(),
        visit.times().moment(info.requestTime()),
        duration == null ? "" : Times.words(duration),
        run.isEmpty() ? "" : visit.links().run(run),
        SpanTree.of(trace.spans()).rows(),
        RunReading.entries(info.tags(), _ -> true),
        RunReading.entries(info.metadata(), _ -> true),
        info.assessments().stream().map(TraceReading::judgement).toList());
  }

  /// Programs that send OpenTelemetry name their spans only.
  private static String name(Trace trace) {
    var root = trace.spans().stream().filter(Span::isRoot).map(Span::name).findFirst();
    return trace.info().tags().getOrDefault(TraceInfo.NAME, root.orElse(trace.info().traceId()));
  }

  private static TracePage.Judgement judgement(Assessment assessment) {
    var source = assessment.source();
    return new TracePage.Judgement(
        assessment.name(),
        value(assessment.value()),
        source.id() == null || source.id().isEmpty() ? source.type() : source.id(),
        Objects.requireNonNullElse(assessment.rationale(), ""));
  }

  private static String value(Assessment.Value value) {
    return switch (value) {
      case Assessment.Value.Feedback(var json, var error) ->
          error == null ? json : "failed: " + error.code();
      case Assessment.Value.Expectation(var json) -> json;
      case Assessment.Value.Issue(var name) -> name;
    };
  }
}
