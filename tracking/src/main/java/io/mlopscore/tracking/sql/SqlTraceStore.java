package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.Field;
import io.mlopscore.tracking.search.Filter;
import io.mlopscore.tracking.search.FilterParser;
import io.mlopscore.tracking.search.OrderBy;
import io.mlopscore.tracking.search.PageToken;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchParts;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.Vocabularies;
import io.mlopscore.tracking.traces.Assessment;
import io.mlopscore.tracking.traces.AssessmentChange;
import io.mlopscore.tracking.traces.ExportedSpan;
import io.mlopscore.tracking.traces.FilterCorrelation;
import io.mlopscore.tracking.traces.JsonText;
import io.mlopscore.tracking.traces.Trace;
import io.mlopscore.tracking.traces.TraceDeletion;
import io.mlopscore.tracking.traces.TraceInfo;
import io.mlopscore.tracking.traces.TraceMetricPoint;
import io.mlopscore.tracking.traces.TraceMetricsQuery;
import io.mlopscore.tracking.traces.TraceStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;

/// Traces in a database; each write is one transaction.
public final class SqlTraceStore implements TraceStore {
  private static final Set<String> NEVER_NULL =
      Set.of("request_id", "timestamp_ms", "end_time_ms", "status", "experiment_id");

  private static final FoundParts.Kind<TraceInfo> INFOS =
      new FoundParts.Kind<>(TraceReading::infos, TextSize::of);

  private final Database database;
  private final SqlAssessments assessments;

  public SqlTraceStore(Database database, Clock clock) {
    this.database = database;
    this.assessments = new SqlAssessments(clock);
  }

  private <T> T read(HandleCallback<T, RuntimeException> work) {
    return database.read(handle -> work.withHandle(known(handle)));
  }

  private <T> T write(HandleCallback<T, RuntimeException> work) {
    return database.write(handle -> work.withHandle(known(handle)));
  }

  private void change(HandleConsumer<RuntimeException> work) {
    database.change(
        handle -> {
          work.useHandle(known(handle));
        });
  }

  private static Handle known(Handle handle) {
    Layout.of(handle).require("trace_info", "traces");
    return handle;
  }

  @Override
  public void logSpans(String experimentId, List<ExportedSpan> spans) {
    change(
        handle -> {
          SqlSpans.log(handle, experimentId, spans);
        });
  }

  @Override
  public TraceInfo startTrace(TraceInfo trace) {
    return write(
        handle -> {
          SqlTraceInfos.start(handle, trace);
          for (var assessment : trace.assessments()) {
            assessments.write(
                handle,
                assessment.id().isEmpty() ? "a-" + Ids.fresh() : assessment.id(),
                assessment);
          }
          return TraceReading.info(handle, trace.traceId());
        });
  }

  @Override
  public TraceInfo traceInfo(String traceId) {
    return read(handle -> TraceReading.info(handle, traceId));
  }

  @Override
  public List<TraceInfo> traceInfos(List<String> traceIds) {
    return read(handle -> TraceReading.infos(handle, traceIds));
  }

  @Override
  public Trace trace(String traceId, boolean allowPartial) {
    return read(
        handle -> {
          var info = TraceReading.info(handle, traceId);
          return complete(handle, List.of(info), allowPartial).stream()
              .findFirst()
              .orElseThrow(() -> incomplete(traceId));
        });
  }

  private static TrackingException incomplete(String traceId) {
    return new TrackingException(
        ErrorCode.RESOURCE_DOES_NOT_EXIST,
        "Trace with ID " + traceId + " is not fully exported yet, please try again later.");
  }

  @Override
  public List<Trace> traces(List<String> traceIds) {
    return read(handle -> complete(handle, TraceReading.infos(handle, traceIds), false));
  }

  private static List<Trace> complete(Handle handle, List<TraceInfo> infos, boolean allowPartial) {
    infos.forEach(SqlTraceStore::refuseElsewhere);
    var spans = TraceReading.spans(handle, infos.stream().map(TraceInfo::traceId).toList());
    var traces = new ArrayList<Trace>();
    for (var info : infos) {
      var own = spans.getOrDefault(info.traceId(), List.of());
      if (allowPartial || own.size() >= Math.max(1, expectedSpans(info))) {
        traces.add(new Trace(info, own));
      }
    }
    return traces;
  }

  private static int expectedSpans(TraceInfo info) {
    return JsonText.read(info.metadata().get(TraceInfo.SIZE_STATS))
        .map(stats -> stats.path("num_spans").asInt())
        .orElse(0);
  }

  /// Clients read `traces.json` themselves.
  private static void refuseElsewhere(TraceInfo info) {
    if (!info.hasSpansInStore()) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "The spans of trace '" + info.traceId() + "' are not stored in the tracking store.");
    }
  }

  @Override
  public SearchPage<TraceInfo> searchTraces(List<String> experimentIds, SearchQuery query) {
    return read(
        handle -> {
          var found = found(handle, experimentIds, query);
          return found.with(TraceReading.infos(handle, found.items()));
        });
  }

  @Override
  public SearchParts<TraceInfo> searchTracesInParts(List<String> experimentIds, SearchQuery query) {
    return FoundParts.of(database, INFOS, handle -> found(known(handle), experimentIds, query));
  }

  private static SearchPage<String> found(
      Handle handle, List<String> experiments, SearchQuery query) {
    var filter = FilterParser.parse(query.filter(), Vocabularies.TRACES);
    var orders = FilterParser.orders(query.orderBy(), Vocabularies.TRACES);
    var sql = TraceFilterSql.of(Layout.of(handle));
    var scope =
        SqlText.of("t.experiment_id IN ")
            .list(experiments.stream().map(FilterSql::experiment).toList())
            .add(" AND ")
            .add(sql.condition(filter));
    var meant =
        orders.stream()
            .map(order -> new OrderBy(ordering(sql.fields(), order), order.ascending()))
            .toList();
    return new SqlSearch(
            sql.fields().searched(), scope, Filter.all(), sorting(sql.fields().searched(), meant))
        .ids(handle, query.maxResults(), PageToken.parse(query.pageToken()));
  }

  private static Field ordering(TraceFields fields, OrderBy order) {
    var field = fields.meant(order.field());
    if (fields.isSums(field)) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Ordering by metadata '" + field.key() + "' is not supported: it has several numbers.");
    }
    return field;
  }

  private static Sorting sorting(Searched searched, List<OrderBy> orders) {
    return Sorting.of(searched, orders, NEVER_NULL)
        .then(SortKey.number("t.timestamp_ms", false), SortKey.text("t.request_id", true));
  }

  @Override
  public FilterCorrelation correlation(
      List<String> experimentIds, String first, String second, String base) {
    return read(handle -> TraceCorrelation.count(handle, experimentIds, first, second, base));
  }

  @Override
  public List<TraceMetricPoint> metrics(TraceMetricsQuery query) {
    return read(handle -> TraceMetrics.points(handle, database.dialect(), query));
  }

  @Override
  public void setTraceTag(String traceId, String key, String value) {
    change(
        handle -> {
          SqlTraceInfos.setTag(handle, traceId, key, value);
        });
  }

  @Override
  public void deleteTraceTag(String traceId, String key) {
    change(
        handle -> {
          SqlTraceInfos.deleteTag(handle, traceId, key);
        });
  }

  @Override
  public int deleteTraces(String experimentId, TraceDeletion which) {
    return write(handle -> SqlTraceInfos.delete(handle, experimentId, which));
  }

  @Override
  public Assessment createAssessment(Assessment assessment) {
    return write(handle -> assessments.create(handle, assessment));
  }

  @Override
  public Assessment assessment(String traceId, String assessmentId) {
    return read(handle -> SqlAssessments.get(handle, traceId, assessmentId));
  }

  @Override
  public Assessment updateAssessment(String traceId, String assessmentId, AssessmentChange change) {
    return write(handle -> assessments.update(handle, traceId, assessmentId, change));
  }

  @Override
  public void deleteAssessment(String traceId, String assessmentId) {
    change(
        handle -> {
          SqlAssessments.delete(handle, traceId, assessmentId);
        });
  }

  @Override
  public void linkToRun(List<String> traceIds, String runId) {
    change(
        handle -> {
          SqlTraceLinks.toRun(handle, traceIds, runId);
        });
  }

  @Override
  public void linkPrompts(String traceId, List<String> promptVersions) {
    change(
        handle -> {
          SqlTraceLinks.toPrompts(handle, traceId, promptVersions);
        });
  }
}
