package io.mlopscore.tracking;

import static io.mlopscore.tracking.ExampleTraces.A;
import static io.mlopscore.tracking.ExampleTraces.B;
import static io.mlopscore.tracking.ExampleTraces.START;
import static io.mlopscore.tracking.ExampleTraces.assessment;
import static io.mlopscore.tracking.ExampleTraces.feedback;
import static io.mlopscore.tracking.ExampleTraces.info;
import static io.mlopscore.tracking.ExampleTraces.overriding;
import static io.mlopscore.tracking.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.traces.Assessment;
import io.mlopscore.tracking.traces.Assessment.Value;
import io.mlopscore.tracking.traces.AssessmentChange;
import io.mlopscore.tracking.traces.TraceDeletion;
import io.mlopscore.tracking.traces.TraceInfo;
import io.mlopscore.tracking.traces.TraceState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every store of traces lets change: tags, assessments, and what is deleted.
interface AssessmentContract extends TracesUnderTest {
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
}
