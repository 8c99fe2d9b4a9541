package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.otlp.OtlpJson;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.traces.Assessment;
import io.mlopscore.tracking.traces.AssessmentChange;
import io.mlopscore.tracking.traces.ExportedSpan;
import io.mlopscore.tracking.traces.FilterCorrelation;
import io.mlopscore.tracking.traces.Trace;
import io.mlopscore.tracking.traces.TraceDeletion;
import io.mlopscore.tracking.traces.TraceInfo;
import io.mlopscore.tracking.traces.TraceMetricPoint;
import io.mlopscore.tracking.traces.TraceMetricsQuery;
import io.mlopscore.tracking.traces.TraceStore;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;

/// Traces behind a tracking server.
public final class RestTraceStore implements TraceStore {
  private static final String API = "/api/3.0/mlflow/traces";

  private final RestClient client;

  public RestTraceStore(RestClient client) {
    this.client = client;
  }

  @Override
  public void logSpans(String experimentId, List<ExportedSpan> spans) {
    client.acknowledged(
        client
            .request("/v1/traces")
            .header("Content-Type", "application/json")
            .header("x-mlflow-experiment-id", experimentId)
            .POST(BodyPublishers.ofString(OtlpJson.encode(spans)))
            .build());
  }

  @Override
  public TraceInfo startTrace(TraceInfo trace) {
    var info = Messages.of("trace_info", TraceMessages.info(trace));
    return info(send("POST", "", Messages.of("trace", info)).path("trace").path("trace_info"));
  }

  private JsonNode send(String method, String call, ObjectNode body) {
    return client.answer(
        client
            .request(API + call)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.toString()))
            .build());
  }

  private JsonNode get(String call) {
    return client.answer(client.request(API + call).GET().build());
  }

  private static TraceInfo info(JsonNode message) {
    return TraceFields.info(new Call(message));
  }

  @Override
  public TraceInfo traceInfo(String traceId) {
    return info(get("/" + RestClient.encode(traceId)).path("trace").path("trace_info"));
  }

  @Override
  public List<TraceInfo> traceInfos(List<String> traceIds) {
    var body = Messages.empty();
    texts(body, "trace_ids", traceIds);
    return Answers.list(
        send("POST", "/batchGetInfos", body).path("trace_infos"), RestTraceStore::info);
  }

  private static void texts(ObjectNode into, String name, List<String> texts) {
    var array = into.putArray(name);
    texts.forEach(array::add);
  }

  @Override
  public Trace trace(String traceId, boolean allowPartial) {
    var answer =
        get("/get?trace_id=" + RestClient.encode(traceId) + "&allow_partial=" + allowPartial);
    return trace(answer.path("trace"));
  }

  static Trace trace(JsonNode message) {
    return new Trace(
        info(message.path("trace_info")), Answers.list(message.path("spans"), TraceAnswers::span));
  }

  @Override
  public List<Trace> traces(List<String> traceIds) {
    var query = new ArrayList<String>();
    traceIds.forEach(id -> query.add("trace_ids=" + RestClient.encode(id)));
    return Answers.list(
        get("/batchGet?" + String.join("&", query)).path("traces"), RestTraceStore::trace);
  }

  @Override
  public SearchPage<TraceInfo> searchTraces(List<String> experimentIds, SearchQuery query) {
    return page(send("POST", "/search", search(experimentIds, query)));
  }

  static ObjectNode search(List<String> experimentIds, SearchQuery query) {
    var body = Messages.empty().put("max_results", query.maxResults());
    var locations = body.putArray("locations");
    for (var id : experimentIds) {
      locations
          .addObject()
          .put("type", "MLFLOW_EXPERIMENT")
          .putObject("mlflow_experiment")
          .put("experiment_id", id);
    }
    Messages.putIfPresent(body, "filter", query.filter());
    Messages.putIfPresent(body, "page_token", query.pageToken());
    texts(body, "order_by", query.orderBy());
    return body;
  }

  static SearchPage<TraceInfo> page(JsonNode answer) {
    return new SearchPage<>(
        Answers.list(answer.path("traces"), RestTraceStore::info),
        answer.path("next_page_token").asText());
  }

  @Override
  public FilterCorrelation correlation(
      List<String> experimentIds, String first, String second, String base) {
    var body = Messages.empty().put("filter_string1", first).put("filter_string2", second);
    texts(body, "experiment_ids", experimentIds);
    Messages.putIfPresent(body, "base_filter", base);
    var answer = send("POST", "/calculate-filter-correlation", body);
    return new FilterCorrelation(
        answer.path("total_count").asLong(),
        answer.path("filter1_count").asLong(),
        answer.path("filter2_count").asLong(),
        answer.path("joint_count").asLong());
  }

  @Override
  public List<TraceMetricPoint> metrics(TraceMetricsQuery query) {
    return Answers.list(
        send("POST", "/metrics", TraceMetricMessages.of(query)).path("data_points"),
        TraceMetricMessages::point);
  }

  @Override
  public void setTraceTag(String traceId, String key, String value) {
    send("PATCH", tags(traceId), Messages.empty().put("key", key).put("value", value));
  }

  @Override
  public void deleteTraceTag(String traceId, String key) {
    send("DELETE", tags(traceId), Messages.empty().put("key", key));
  }

  private static String tags(String traceId) {
    return "/" + RestClient.encode(traceId) + "/tags";
  }

  @Override
  public int deleteTraces(String experimentId, TraceDeletion which) {
    var body = Messages.empty().put("experiment_id", experimentId);
    switch (which) {
      case TraceDeletion.UpTo(var timestamp, var most) -> {
        body.put("max_timestamp_millis", timestamp);
        if (most != null) {
          body.put("max_traces", most);
        }
      }
      case TraceDeletion.Named(var ids) -> texts(body, "request_ids", ids);
    }
    return client.post("traces/delete-traces", body).path("traces_deleted").asInt();
  }

  @Override
  public Assessment createAssessment(Assessment assessment) {
    var body = Messages.of("assessment", AssessmentMessages.write(assessment));
    return assessment(assessment.traceId(), send("POST", assessments(assessment.traceId()), body));
  }

  private static String assessments(String traceId) {
    return "/" + RestClient.encode(traceId) + "/assessments";
  }

  private static String assessments(String traceId, String id) {
    return assessments(traceId) + "/" + RestClient.encode(id);
  }

  private static Assessment assessment(String traceId, JsonNode answer) {
    return AssessmentMessages.read(traceId, new Call(answer.path("assessment")));
  }

  @Override
  public Assessment assessment(String traceId, String assessmentId) {
    return assessment(traceId, get(assessments(traceId, assessmentId)));
  }

  @Override
  public Assessment updateAssessment(String traceId, String assessmentId, AssessmentChange change) {
    var to = Messages.empty();
    var mask = new ArrayList<String>();
    if (change.name() != null) {
      to.put("assessment_name", change.name());
      mask.add("assessmentName");
    }
    if (change.value() != null) {
      to.set(change.value().type(), AssessmentMessages.value(change.value()));
      mask.add(change.value().type());
    }
    if (change.rationale() != null) {
      to.put("rationale", change.rationale());
      mask.add("rationale");
    }
    if (!change.metadata().isEmpty()) {
      TraceMessages.putUnlessEmpty(to, "metadata", change.metadata());
      mask.add("metadata");
    }
    var body = Messages.of("assessment", to).put("update_mask", String.join(",", mask));
    return assessment(traceId, send("PATCH", assessments(traceId, assessmentId), body));
  }

  @Override
  public void deleteAssessment(String traceId, String assessmentId) {
    send("DELETE", assessments(traceId, assessmentId), Messages.empty());
  }

  @Override
  public void linkToRun(List<String> traceIds, String runId) {
    var body = Messages.empty().put("run_id", runId);
    texts(body, "trace_ids", traceIds);
    client.post("traces/link-to-run", body);
  }

  @Override
  public void linkPrompts(String traceId, List<String> promptVersions) {
    var body = Messages.empty().put("trace_id", traceId);
    var versions = body.putArray("prompt_versions");
    for (var version : promptVersions) {
      var slash = version.lastIndexOf('/');
      versions
          .addObject()
          .put("name", version.substring(0, Math.max(0, slash)))
          .put("version", version.substring(slash + 1));
    }
    client.post("traces/link-prompts", body);
  }
}
