package io.mlopscore.tracking;

import static io.mlopscore.tracking.ExampleTraces.A;
import static io.mlopscore.tracking.ExampleTraces.START;
import static io.mlopscore.tracking.ExampleTraces.child;
import static io.mlopscore.tracking.ExampleTraces.exported;
import static io.mlopscore.tracking.ExampleTraces.info;
import static io.mlopscore.tracking.ExampleTraces.root;
import static io.mlopscore.tracking.ExampleTraces.span;
import static io.mlopscore.tracking.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.traces.ExportedSpan;
import io.mlopscore.tracking.traces.Span;
import io.mlopscore.tracking.traces.TraceInfo;
import io.mlopscore.tracking.traces.TraceState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every store of traces does with spans, and with what it learns from them of their trace.
interface SpanContract extends TracesUnderTest {
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
}
