package io.mlopscore.tracking;

import static io.mlopscore.tracking.ExampleTraces.A;
import static io.mlopscore.tracking.ExampleTraces.B;
import static io.mlopscore.tracking.ExampleTraces.START;
import static io.mlopscore.tracking.ExampleTraces.info;
import static io.mlopscore.tracking.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.traces.TraceInfo;
import io.mlopscore.tracking.traces.TraceState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How every store of traces finds and sorts them.
interface TraceSearchContract extends TracesUnderTest {
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
}
