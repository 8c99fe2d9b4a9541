package io.mlopscore.tracking.traces;

import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchParts;
import io.mlopscore.tracking.search.SearchQuery;
import java.util.List;

/// Traces with their spans and assessments. A database behind it, or a tracking server.
///
/// All methods throw [io.mlopscore.tracking.TrackingException] with MLflow's code and words.
public interface TraceStore {
  /// Keeps spans, and their traces as far as the spans tell about them. Spans of a trace may come
  /// in any order, before or after [#startTrace], and more than once.
  void logSpans(String experimentId, List<ExportedSpan> spans);

  /// Keeps what the traced program says of a trace, over what its spans told.
  TraceInfo startTrace(TraceInfo trace);

  TraceInfo traceInfo(String traceId);

  /// Those that exist, in the order asked for.
  List<TraceInfo> traceInfos(List<String> traceIds);

  /// @param allowPartial whether spans may be missing still
  Trace trace(String traceId, boolean allowPartial);

  /// Those that exist with all their spans, in the order asked for.
  List<Trace> traces(List<String> traceIds);

  /// In MLflow's language, such as `trace.status = 'ERROR' AND span.name LIKE 'llm%'`; newest
  /// first if nothing else is asked for.
  SearchPage<TraceInfo> searchTraces(List<String> experimentIds, SearchQuery query);

  /// The same, read a part at a time.
  default SearchParts<TraceInfo> searchTracesInParts(
      List<String> experimentIds, SearchQuery query) {
    return SearchParts.of(searchTraces(experimentIds, query));
  }

  /// Counts the traces that each of two filters finds.
  ///
  /// @param base what all of them must fulfil, empty for nothing
  FilterCorrelation correlation(
      List<String> experimentIds, String first, String second, String base);

  /// Sums, averages and so on over traces, spans or assessments.
  List<TraceMetricPoint> metrics(TraceMetricsQuery query);

  void setTraceTag(String traceId, String key, String value);

  void deleteTraceTag(String traceId, String key);

  /// @return how many were deleted
  int deleteTraces(String experimentId, TraceDeletion which);

  /// @return the assessment with its id
  Assessment createAssessment(Assessment assessment);

  Assessment assessment(String traceId, String assessmentId);

  Assessment updateAssessment(String traceId, String assessmentId, AssessmentChange change);

  /// Does nothing if it is not there.
  void deleteAssessment(String traceId, String assessmentId);

  /// Says that traces belong to a run.
  void linkToRun(List<String> traceIds, String runId);

  /// Says that a trace used versions of prompts.
  ///
  /// @param promptVersions such as `greeting/2`
  void linkPrompts(String traceId, List<String> promptVersions);
}
