package io.mlopscore.tracking;

import static io.mlopscore.tracking.TrackingStoreContract.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.traces.Assessment;
import io.mlopscore.tracking.traces.Assessment.Value;
import io.mlopscore.tracking.traces.AssessmentChange;
import io.mlopscore.tracking.traces.ExportedSpan;
import io.mlopscore.tracking.traces.FilterCorrelation;
import io.mlopscore.tracking.traces.Span;
import io.mlopscore.tracking.traces.TraceDeletion;
import io.mlopscore.tracking.traces.TraceInfo;
import io.mlopscore.tracking.traces.TraceMetricPoint;
import io.mlopscore.tracking.traces.TraceMetricsQuery;
import io.mlopscore.tracking.traces.TraceMetricsQuery.Aggregation;
import io.mlopscore.tracking.traces.TraceMetricsQuery.Kind;
import io.mlopscore.tracking.traces.TraceState;
import io.mlopscore.tracking.traces.TraceStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What every store of traces must do.
interface TraceStoreContract {
  String A = "0af7651916cd43dd8448eb211c80319c";
  String B = "1af7651916cd43dd8448eb211c80319c";
  long START = 1_700_000_000_000L;

  TraceStore traces();

  TrackingStore store();

  @Test
  default void spansComeBackAsTheyWere() {
    var root = root(A, "answer");
    var child = child(A, "llm");
    traces().logSpans("0", List.of(new ExportedSpan(child, Map.of()), exported(root)));
    assertThat(traces().trace("tr-" + A, false).spans()).containsExactly(root, child);
  }

  @Test
  default void spansTellAboutTheirTrace() {
    traces().logSpans("0", List.of(exported(child(A, "llm")), exported(root(A, "answer"))));
    var info = traces().traceInfo("tr-" + A);
    assertThat(info.requestTime()).isEqualTo(START);
    assertThat(info.executionDuration()).isEqualTo(50);
    assertThat(info.state()).isEqualTo(TraceState.OK);
    assertThat(info.requestPreview()).isEqualTo("what now?");
    assertThat(info.responsePreview()).isEqualTo("{\"y\": 2}");
    assertThat(info.metadata())
        .containsEntry(
            TraceInfo.TOKEN_USAGE,
            "{\"input_tokens\": 10, \"output_tokens\": 5, \"total_tokens\": 15}")
        .containsEntry(TraceInfo.SESSION, "s-1")
        .containsEntry("mlflow.trace.user", "ada");
    assertThat(info.tags())
        .containsEntry(TraceInfo.SPANS_LOCATION, TraceInfo.IN_STORE)
        .containsEntry("service.name", "shop")
        .containsEntry("colour", "red")
        .doesNotContainKey("telemetry.sdk.name");
  }

  @Test
  default void tokensOfAllSpansAreAddedUpHoweverTheyCome() {
    traces().logSpans("0", List.of(exported(child(A, "llm"))));
    assertThat(traces().traceInfo("tr-" + A).state()).isEqualTo(TraceState.IN_PROGRESS);
    var second =
        span(
            A,
            "00000000000000c2",
            "b7ad6b7169203331",
            "again",
            Map.of(Span.TOKEN_USAGE, "{\"input_tokens\": 1, \"total_tokens\": 1}"));
    traces().logSpans("0", List.of(exported(second)));
    traces().logSpans("0", List.of(exported(second)));
    assertThat(traces().traceInfo("tr-" + A).metadata())
        .containsEntry(
            TraceInfo.TOKEN_USAGE,
            "{\"input_tokens\": 11, \"output_tokens\": 5, \"total_tokens\": 16}");
  }

  @Test
  default void whatTheProgramSaysOfATraceStands() {
    traces().logSpans("0", List.of(exported(root(A, "answer"))));
    var started = traces().startTrace(info(A, TraceState.ERROR));
    traces().logSpans("0", List.of(exported(child(A, "llm"))));
    var info = traces().traceInfo("tr-" + A);
    assertThat(started.tags()).containsEntry(TraceInfo.SPANS_LOCATION, TraceInfo.IN_STORE);
    assertThat(info.state()).isEqualTo(TraceState.ERROR);
    assertThat(info.requestTime()).isEqualTo(START + 7);
    assertThat(info.executionDuration()).isEqualTo(3);
    assertThat(info.clientRequestId()).isEqualTo("req-1");
    assertThat(info.requestPreview()).isEqualTo("in");
    assertThat(info.tags())
        .containsEntry(TraceInfo.NAME, "answer")
        .containsEntry("env", "dev")
        .containsEntry(
            TraceInfo.ARTIFACT_LOCATION, "mlflow-artifacts:/0/traces/tr-" + A + "/artifacts");
    assertThat(info.metadata()).containsEntry(TraceInfo.SESSION, "talk").containsEntry("k", "ü");
  }

  @Test
  default void traceWithoutItsSpansIsNotReadWhole() {
    traces().startTrace(info(A, TraceState.OK));
    assertThat(traces().traceInfos(List.of("tr-none", "tr-" + A))).hasSize(1);
    assertRefused(
        () -> traces().trace("tr-" + A, false),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "not stored in the tracking store");
    assertRefused(
        () -> traces().traceInfo("tr-none"),
        ErrorCode.RESOURCE_DOES_NOT_EXIST,
        "Trace with ID 'tr-none' not found.");
    assertRefused(
        () -> traces().startTrace(info(A, "77", TraceState.OK)),
        ErrorCode.RESOURCE_DOES_NOT_EXIST,
        "No Experiment with id=77 exists");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "trace.status = 'ERROR' # b",
        "status != 'ERROR' # a",
        "attributes.name LIKE 'ans%' # a",
        "tags.`mlflow.traceName` = 'broken' # b",
        "tags.env = 'dev' # ab",
        "tags.colour = 'red' # a",
        "tags.colour IS NULL # b",
        "metadata.`mlflow.trace.session` = 'talk' # ab",
        "tags.env ILIKE 'D%' # ab",
        "metadata.k IS NOT NULL AND timestamp_ms < 1700000000007 # a",
        "trace.execution_time_ms >= 3 # ab",
        "end_time > 1700000000010 # b",
        "request_id IN ('tr-0af7651916cd43dd8448eb211c80319c') # a",
        "trace.client_request_id = 'req-1' # ab",
        "span.name = 'llm' # a",
        "span.name = 'llm' AND span.type = 'TOOL' #",
        "span.name = 'answer' AND span.type = 'TOOL' # a",
        "span.type NOT IN ('TOOL') # ab",
        "span.attributes.k LIKE '%1%' # a",
        "span.attributes.k = '1' # a",
        "trace.text LIKE '%what now%' # a",
        "feedback.correct = 'true' # a",
        "feedback.correct != 'true' #",
        "feedback.score > 0.5 AND feedback.score <= 0.75 # a",
        "feedback.score < 0.5 #",
        "feedback.verdict = 'yes' # a",
        "expectation.answer IS NOT NULL # a",
        "expectation.answer IS NULL # b",
        "trace.prompt = 'greeting/2' # a",
        "status = 'ERROR' OR NOT tags.colour = 'blue' # ab",
        "name RLIKE '^ans.*r$' # a",
        "tags.env RLIKE 'd.v' # ab",
        "tags.env RLIKE '^D' #",
        "metadata.k RLIKE '[^a-z]' # ab",
        "trace.status RLIKE '^(OK|FINE)$' # a",
        "span.name RLIKE '^l+m$' # a",
        "span.attributes.`session.id` RLIKE '^s-[0-9]$' # a",
        "span.attributes.`session.id` RLIKE '^[0-9]' #",
        "feedback.verdict RLIKE 'ye?s' # a",
        "metadata.`mlflow.trace.tokenUsage` IS NOT NULL # a",
        "metadata.`mlflow.trace.tokenUsage` = '{\"input_tokens\": 10, \"output_tokens\": 5,"
            + " \"total_tokens\": 15}' # a",
        "metadata.`mlflow.trace.tokenUsage` = '{\"input_tokens\": 10}' #",
        "metadata.`mlflow.trace.tokenUsage` != '{\"input_tokens\": 10}' # a",
        "metadata.`mlflow.trace.cost` IS NULL # ab",
      })
  default void tracesAreSearched(String filter, @Nullable String found) {
    twoTraces();
    var wanted = (found == null ? "" : found).chars().mapToObj(c -> "tr-" + (c == 'a' ? A : B));
    assertThat(traces().searchTraces(List.of("0"), SearchQuery.first(filter, 10)).items())
        .extracting(TraceInfo::traceId)
        .containsExactlyInAnyOrder(wanted.toArray(String[]::new));
  }

  private void twoTraces() {
    traces().logSpans("0", List.of(exported(root(A, "answer")), exported(child(A, "llm"))));
    var first = info(A, TraceState.OK);
    traces().startTrace(at(first, START, Map.of(TraceInfo.NAME, "answer", "env", "dev")));
    traces()
        .logSpans("0", List.of(exported(span(B, "b7ad6b7169203331", null, "broken", Map.of()))));
    var second = info(B, TraceState.ERROR);
    traces().startTrace(at(second, START + 9, Map.of(TraceInfo.NAME, "broken", "env", "dev")));
    traces().createAssessment(feedback("correct", "true"));
    traces().createAssessment(feedback("score", "0.75"));
    traces().createAssessment(feedback("verdict", "\"yes\""));
    traces().createAssessment(assessment("answer", new Value.Expectation("{\"x\": [1]}")));
    traces().linkPrompts("tr-" + A, List.of("greeting/2"));
  }

  @Test
  default void tracesOfARunAreThoseMadeInItAndThoseLinkedToIt() {
    var run = store().createRun(new NewRun("0", "r", "ada", 1, Map.of())).info().runId();
    traces().startTrace(info(A, TraceState.OK));
    traces().startTrace(info(B, TraceState.OK));
    traces().linkToRun(List.of("tr-" + A, "tr-none"), run);
    traces().linkToRun(List.of("tr-" + A), run);
    var found =
        traces()
            .searchTraces(List.of("0"), SearchQuery.first("attribute.run_id = '" + run + "'", 10));
    assertThat(found.items()).extracting(TraceInfo::traceId).containsExactly("tr-" + A);
    assertRefused(
        () -> traces().linkToRun(List.of("tr-" + A), "none"),
        ErrorCode.RESOURCE_DOES_NOT_EXIST,
        "Run with id=none not found");
  }

  @Test
  default void tracesAreSortedAndPaged() {
    twoTraces();
    var newest = new SearchQuery("", List.of(), 1, "");
    var first = traces().searchTraces(List.of("0"), newest);
    var second = traces().searchTraces(List.of("0"), newest.after(first.nextPageToken()));
    assertThat(first.items()).extracting(TraceInfo::traceId).containsExactly("tr-" + B);
    assertThat(second.items()).extracting(TraceInfo::traceId).containsExactly("tr-" + A);
    assertThat(second.nextPageToken()).isEmpty();
    for (var order : List.of("timestamp_ms ASC", "name", "tags.colour", "metadata.k", "run_id")) {
      var sorted = new SearchQuery("", List.of(order, "request_id ASC"), 10, "");
      assertThat(traces().searchTraces(List.of("0"), sorted).items())
          .as(order)
          .extracting(TraceInfo::traceId)
          .containsExactly("tr-" + A, "tr-" + B);
    }
    assertRefused(
        () -> traces().searchTraces(List.of("0"), SearchQuery.first("trace.nothing = 'x'", 1)),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid attribute key 'nothing' specified");
  }

  @Test
  default void patternsThatCannotBeAreRefused() {
    for (var pattern : List.of("(", "a(?=b)", "(a)\\1", "[")) {
      assertRefused(
          () -> search("name RLIKE '" + pattern + "'"),
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Invalid regular expression '" + pattern + "'");
    }
    assertRefused(
        () -> search("metadata.`mlflow.trace.cost` LIKE '%1%'"),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Only '=', '!=', 'IS NULL', and 'IS NOT NULL' are supported");
    assertRefused(
        () -> search("trace.text RLIKE 'x'"),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid comparator 'RLIKE'");
  }

  private void search(String filter) {
    traces().searchTraces(List.of("0"), SearchQuery.first(filter, 10));
  }

  @Test
  default void costsAreFoundAsTheyAreShown() {
    var costs = "{\"input_cost\": 1.5e-05, \"output_cost\": 0.00025, \"total_cost\": 3.0}";
    var trace = info(A, TraceState.OK);
    traces()
        .startTrace(
            new TraceInfo(
                trace.traceId(),
                "0",
                START,
                3L,
                TraceState.OK,
                null,
                null,
                null,
                Map.of(TraceInfo.COST, costs),
                Map.of(),
                List.of()));
    assertThat(traces().traceInfo("tr-" + A).metadata()).containsEntry(TraceInfo.COST, costs);
    var filter = SearchQuery.first("metadata.`mlflow.trace.cost` = '" + costs + "'", 10);
    assertThat(traces().searchTraces(List.of("0"), filter).items()).hasSize(1);
  }

  @Test
  default void filtersAreCompared() {
    twoTraces();
    var experiments = List.of("0");
    var counted =
        traces()
            .correlation(experiments, "span.name = 'llm'", "status = 'ERROR'", "tags.env = 'dev'");
    assertThat(counted).isEqualTo(new FilterCorrelation(2, 1, 1, 0));
    assertThat(counted.npmi()).isEqualTo(-1);
    assertThat(traces().correlation(experiments, "span.type = 'TOOL'", "name = 'x'", ""))
        .isEqualTo(new FilterCorrelation(2, 1, 0, 0));
    var base = "span.name = 'llm'";
    assertThat(traces().correlation(experiments, "span.type = 'TOOL'", "tags.env = 'dev'", base))
        .as("the base says it of the same span")
        .isEqualTo(new FilterCorrelation(1, 0, 1, 0));
  }

  @Test
  default void numbersOfManyTracesAreTold() {
    twoTraces();
    var counts = asked(TraceMetricsQuery.View.TRACES, "trace_count", Kind.COUNT);
    assertThat(traces().metrics(counts))
        .containsExactly(new TraceMetricPoint(Map.of(), Map.of("COUNT", 2.0)));
    var byStatus =
        new TraceMetricsQuery(
            List.of("0"),
            TraceMetricsQuery.View.TRACES,
            "trace_count",
            List.of(new Aggregation(Kind.COUNT, null)),
            List.of("trace_status"),
            List.of("trace.tag.env = 'dev'"),
            3600L,
            START - 3_600_000,
            START + 3_600_000,
            10);
    assertThat(traces().metrics(byStatus))
        .extracting(TraceMetricPoint::dimensions)
        .containsExactly(
            Map.of("time_bucket", "2023-11-14T22:00:00+00:00", "trace_status", "ERROR"),
            Map.of("time_bucket", "2023-11-14T22:00:00+00:00", "trace_status", "OK"));
    var tokens =
        new TraceMetricsQuery(
            List.of("0"),
            TraceMetricsQuery.View.TRACES,
            "input_tokens",
            List.of(new Aggregation(Kind.SUM, null), new Aggregation(Kind.PERCENTILE, 50.0)),
            List.of(),
            List.of("trace.metadata.`mlflow.trace.session` = 'talk'"),
            null,
            null,
            null,
            10);
    assertThat(traces().metrics(tokens))
        .containsExactly(new TraceMetricPoint(Map.of(), Map.of("SUM", 10.0, "P50.0", 10.0)));
    assertThat(traces().metrics(asked(TraceMetricsQuery.View.SPANS, "latency", Kind.MAX)))
        .containsExactly(new TraceMetricPoint(Map.of(), Map.of("MAX", 50.0)));
    assertThat(traces().metrics(asked(TraceMetricsQuery.View.SPANS, "total_cost", Kind.AVG)))
        .isEmpty();
    assertThat(
            traces()
                .metrics(asked(TraceMetricsQuery.View.ASSESSMENTS, "assessment_value", Kind.MIN)))
        .containsExactly(new TraceMetricPoint(Map.of(), Map.of("MIN", 0.75)));
    assertRefused(
        () -> traces().metrics(asked(TraceMetricsQuery.View.TRACES, "latency", Kind.SUM)),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Found invalid aggregation_type(s): [SUM]");
  }

  private static TraceMetricsQuery asked(TraceMetricsQuery.View view, String metric, Kind kind) {
    return new TraceMetricsQuery(
        List.of("0"),
        view,
        metric,
        List.of(new Aggregation(kind, null)),
        List.of(),
        List.of(),
        null,
        null,
        null,
        10);
  }

  @Test
  default void tagsAreSetAndDeleted() {
    traces().startTrace(info(A, TraceState.OK));
    var id = "tr-" + A;
    traces().setTraceTag(id, "a", "1");
    traces().setTraceTag(id, "a", "2");
    traces().setTraceTag(id, TraceInfo.NAME, "other");
    assertThat(traces().traceInfo(id).tags())
        .containsEntry("a", "2")
        .containsEntry(TraceInfo.NAME, "other");
    traces().deleteTraceTag(id, "a");
    traces().deleteTraceTag(id, TraceInfo.NAME);
    assertThat(traces().traceInfo(id).tags()).doesNotContainKeys("a", TraceInfo.NAME);
    assertRefused(
        () -> traces().deleteTraceTag(id, "a"),
        ErrorCode.RESOURCE_DOES_NOT_EXIST,
        "No trace tag with key 'a' for trace with ID '" + id + "'");
  }

  @Test
  default void assessmentsAreKeptChangedReplacedAndDeleted() {
    traces().startTrace(info(A, TraceState.OK));
    var id = "tr-" + A;
    var first = traces().createAssessment(feedback("correct", "true"));
    assertThat(first.id()).startsWith("a-");
    assertThat(traces().assessment(id, first.id())).isEqualTo(first);
    var changed =
        traces()
            .updateAssessment(
                id,
                first.id(),
                new AssessmentChange(
                    null, new Value.Feedback("false", null), "no", Map.of("more", "1")));
    assertThat(changed.value()).isEqualTo(new Value.Feedback("false", null));
    assertThat(changed.metadata()).containsExactly(Map.entry("m", "1"), Map.entry("more", "1"));
    assertThat(changed.rationale()).isEqualTo("no");
    var over = traces().createAssessment(overriding(first.id()));
    assertThat(traces().assessment(id, first.id()).valid()).isFalse();
    assertThat(traces().traceInfo(id).assessments()).hasSize(2);
    traces().deleteAssessment(id, over.id());
    traces().deleteAssessment(id, over.id());
    assertThat(traces().assessment(id, first.id()).valid()).isTrue();
    assertRefused(
        () -> traces().assessment(id, over.id()),
        ErrorCode.RESOURCE_DOES_NOT_EXIST,
        "Assessment with ID '" + over.id() + "' not found for trace '" + id + "'");
    assertRefused(
        () ->
            traces()
                .updateAssessment(
                    id,
                    first.id(),
                    new AssessmentChange(null, new Value.Expectation("1.0"), null, Map.of())),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Cannot update expectation value on a Feedback assessment.");
  }

  @Test
  default void failedJudgementsKeepTheirFailure() {
    traces().startTrace(info(A, TraceState.OK));
    var failed = new Value.Feedback("null", new Assessment.Failure("ValueError", "x", "at y"));
    var stored = traces().createAssessment(assessment("bad", failed));
    assertThat(traces().assessment("tr-" + A, stored.id()).value()).isEqualTo(failed);
  }

  @Test
  default void tracesAreDeletedWithAllThatBelongsToThem() {
    twoTraces();
    assertThat(traces().deleteTraces("0", new TraceDeletion.UpTo(START + 100, 1))).isEqualTo(1);
    assertThat(traces().traceInfos(List.of("tr-" + A, "tr-" + B)))
        .extracting(TraceInfo::traceId)
        .containsExactly("tr-" + B);
    var named = new TraceDeletion.Named(List.of("tr-" + A, "tr-" + B));
    assertThat(traces().deleteTraces("0", named)).isEqualTo(1);
    assertThat(traces().traces(List.of("tr-" + A, "tr-" + B))).isEmpty();
  }

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

  private static Span span(
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

  private static TraceInfo info(String trace, TraceState state) {
    return info(trace, "0", state);
  }

  private static TraceInfo info(String trace, String experiment, TraceState state) {
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

  private static TraceInfo at(TraceInfo info, long time, Map<String, String> tags) {
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

  private static Assessment feedback(String name, String json) {
    return assessment(name, new Value.Feedback(json, null));
  }

  private static Assessment assessment(String name, Value value) {
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

  private static Assessment overriding(String id) {
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
