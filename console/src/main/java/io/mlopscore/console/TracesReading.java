package io.mlopscore.console;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.Vocabularies;
import io.mlopscore.tracking.traces.TraceInfo;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads what a [TracesPage] shows.
record TracesReading(Visit visit) {
  private static final int ROWS = 100;

  Page page() {
    var experiment = visit.store().experiment(visit.path("id"));
    var filter = visit.query("q").strip();
    var problem = NameSearch.problem(filter, Vocabularies.TRACES).orElse(null);
    if (!filter.isEmpty() && problem != null) {
      return page(experiment, filter, problem, new SearchPage<>(List.of(), ""));
    }
    try {
      var query = SearchQuery.first(filter, ROWS).after(visit.query("page"));
      return page(experiment, filter, null, visit.tracking().traces(experiment.id(), query));
    } catch (TrackingException e) {
      if (e.code() != ErrorCode.INVALID_PARAMETER_VALUE) {
        throw e;
      }
      var refused = Problem.of(filter, String.valueOf(e.getMessage()));
      return page(experiment, filter, refused, new SearchPage<>(List.of(), ""));
    }
  }

  private Page page(
      Experiment experiment,
      String filter,
      @Nullable Problem problem,
      SearchPage<TraceInfo> found) {
    var next = found.nextPageToken();
    return new TracesPage(
        experiment.id(),
        experiment.name(),
        visit.links().experiment(experiment.id()),
        filter,
        problem,
        found.items().stream().map(this::row).toList(),
        visit.query("page").isEmpty() ? "" : href(experiment, filter, ""),
        next.isEmpty() ? "" : href(experiment, filter, next));
  }

  private String href(Experiment experiment, String filter, String token) {
    return visit.links().traces(experiment.id())
        + Links.query(List.of(new Field("q", filter), new Field("page", token)));
  }

  private TracesPage.Row row(TraceInfo trace) {
    var duration = trace.executionDuration();
    return new TracesPage.Row(
        trace.traceId(),
        visit.links().trace(trace.traceId()),
        trace.tags().getOrDefault(TraceInfo.NAME, trace.traceId()),
        trace.state().name(),
        visit.times().moment(trace.requestTime()),
        duration == null ? "" : Times.words(duration),
        Objects.requireNonNullElse(trace.requestPreview(), ""),
        Objects.requireNonNullElse(trace.responsePreview(), ""));
  }
}
