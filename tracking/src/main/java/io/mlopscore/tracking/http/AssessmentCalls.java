package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.traces.Assessment;
import io.mlopscore.tracking.traces.AssessmentChange;
import io.mlopscore.tracking.traces.TraceStore;
import java.util.List;
import java.util.Map;

/// The calls under `traces/{trace_id}/assessments`.
final class AssessmentCalls {
  private static final String ALL = "traces/{trace_id}/assessments";
  private static final String ONE = ALL + "/{assessment_id}";

  private final TraceStore store;

  AssessmentCalls(TraceStore store) {
    this.store = store;
  }

  Map<String, Rpc> table() {
    return Map.of(
        "POST " + ALL, this::create,
        "GET " + ONE, call -> answer(store.assessment(trace(call), id(call))),
        "PATCH " + ONE, this::update,
        "DELETE " + ONE, this::delete);
  }

  private static String trace(Call call) {
    return call.required("trace_id");
  }

  private static String id(Call call) {
    return call.required("assessment_id");
  }

  private static ObjectNode answer(Assessment assessment) {
    return Messages.of("assessment", AssessmentMessages.write(assessment));
  }

  private ObjectNode create(Call call) {
    return answer(
        store.createAssessment(AssessmentMessages.read(trace(call), call.object("assessment"))));
  }

  /// Changes what the mask names, such as `assessmentName,feedback`.
  private ObjectNode update(Call call) {
    var to = call.object("assessment");
    var mask = List.of(call.required("update_mask").split(","));
    var value = mask.contains("feedback") || mask.contains("expectation");
    return answer(
        store.updateAssessment(
            trace(call),
            id(call),
            new AssessmentChange(
                mask.contains("assessmentName") || mask.contains("assessment_name")
                    ? to.required("assessment_name")
                    : null,
                value ? AssessmentMessages.value(to) : null,
                mask.contains("rationale") ? to.text("rationale") : null,
                mask.contains("metadata") ? TraceFields.texts(to, "metadata") : Map.of())));
  }

  private ObjectNode delete(Call call) {
    store.deleteAssessment(trace(call), id(call));
    return Messages.empty();
  }
}
