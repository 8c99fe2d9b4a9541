package io.mlopscore.tracking.http;

import static io.mlopscore.tracking.auth.Requirement.experiment;
import static io.mlopscore.tracking.auth.Requirement.within;
import static io.mlopscore.tracking.http.Rule.reading;
import static io.mlopscore.tracking.http.Rule.writing;

import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.auth.Action;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.Grant;
import io.mlopscore.tracking.auth.Requirement;
import io.mlopscore.tracking.auth.ResourceType;
import io.mlopscore.tracking.traces.TraceInfo;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/// The rules of the calls for traces and assessments: their experiment decides.
record TraceRules(Tracking tracking) {
  private static final String ASSESSMENTS = "traces/{trace_id}/assessments";

  Map<String, Rule> table() {
    return Map.ofEntries(
        Map.entry("POST traces", writing(this::starts)),
        Map.entry(
            "GET traces",
            reading(
                (caller, call) -> searches(caller, call, call.texts("experiment_ids"), "filter"))),
        Map.entry(
            "POST traces/search",
            reading(
                (caller, call) -> searches(caller, call, TraceFields.experiments(call), "filter"))),
        Map.entry(
            "POST traces/calculate-filter-correlation",
            reading(
                (caller, call) ->
                    searches(
                        caller,
                        call,
                        call.texts("experiment_ids"),
                        "filter_string1",
                        "filter_string2",
                        "base_filter"))),
        Map.entry("POST traces/metrics", reading(TraceRules::measures)),
        Map.entry("PATCH traces/{trace_id}", writing(trace(Action.UPDATE))),
        Map.entry("GET traces/{trace_id}/info", reading(trace(Action.READ))),
        Map.entry("GET traces/{trace_id}", reading(trace(Action.READ))),
        Map.entry("GET traces/get", reading(trace(Action.READ))),
        Map.entry("GET traces/batchGet", reading(this::readsEach)),
        Map.entry("POST traces/batchGetInfos", reading(this::readsEach)),
        Map.entry("PATCH traces/{trace_id}/tags", writing(trace(Action.UPDATE))),
        Map.entry("DELETE traces/{trace_id}/tags", writing(trace(Action.UPDATE))),
        Map.entry("POST traces/delete-traces", writing(TraceRules::deletes)),
        Map.entry(
            "POST traces/link-to-run",
            writing(
                (caller, call) ->
                    new Needs(tracking).run(caller, call.required("run_id"), Action.UPDATE)
                        && readsEach(caller, call))),
        Map.entry("POST traces/link-prompts", writing(trace(Action.UPDATE))),
        Map.entry("POST " + ASSESSMENTS, writing(assessed(TraceRules::judges))),
        Map.entry(
            "GET " + ASSESSMENTS + "/{assessment_id}",
            reading(assessed((caller, id) -> mayAssess(caller, experiment(id, Action.READ))))),
        Map.entry(
            "PATCH " + ASSESSMENTS + "/{assessment_id}",
            writing(assessed((caller, id) -> mayAssess(caller, experiment(id, Action.UPDATE))))),
        Map.entry(
            "DELETE " + ASSESSMENTS + "/{assessment_id}",
            writing(assessed((caller, id) -> caller.may(deletingAssessments(id))))));
  }

  private boolean starts(Caller caller, Call call) {
    var id =
        call.fields().has("trace")
            ? call.fields()
                .path("trace")
                .path("trace_info")
                .path("trace_location")
                .path("mlflow_experiment")
                .path("experiment_id")
                .asText()
            : call.required("experiment_id");
    return Needs.creating(caller, id, ResourceType.TRACE)
        && isNewOrTheirs(caller, call)
        && (call.fields().path("trace").path("trace_info").path("assessments").isEmpty()
            || caller.may(Requirement.of(ResourceType.ASSESSMENT, Grant.ALL, Action.NOT_DENIED)));
  }

  /// A trace that is there already moves to the experiment that is named.
  private boolean isNewOrTheirs(Caller caller, Call call) {
    var id = call.fields().path("trace").path("trace_info").path("trace_id").asText();
    return new Needs(tracking).traces(caller, List.of(id), Action.UPDATE);
  }

  /// Neither may a filter or an order tell what answers leave out.
  private static boolean searches(
      Caller caller, Call call, List<String> experiments, String... filters) {
    return caller.grants().isUnrestricted()
        || (readsAll(caller, experiments)
            && new WithheldFromTraces(caller)
                .allows(
                    experiments,
                    Arrays.stream(filters).map(call::text).toList(),
                    call.texts("order_by")));
  }

  private static boolean measures(Caller caller, Call call) {
    var experiments = call.texts("experiment_ids");
    return readsAll(caller, experiments)
        && (!call.text("view_type").equals("ASSESSMENTS")
            || experiments.stream().allMatch(id -> mayAssess(caller, experiment(id, Action.READ))));
  }

  private static boolean readsAll(Caller caller, List<String> experiments) {
    return experiments.stream()
        .allMatch(id -> Needs.inExperiment(caller, id, ResourceType.TRACE, Action.READ));
  }

  private Rule.Condition trace(Action action) {
    return (caller, call) -> new Needs(tracking).trace(caller, id(call), action);
  }

  private static String id(Call call) {
    return call.has("trace_id") ? call.required("trace_id") : call.required("request_id");
  }

  private List<TraceInfo> found(List<String> ids) {
    return tracking.traces().traceInfos(ids);
  }

  /// All of them in one look, and none that is not there.
  private boolean readsEach(Caller caller, Call call) {
    if (caller.grants().isUnrestricted()) {
      return true;
    }
    var ids = new HashSet<>(call.texts("trace_ids"));
    var traces = found(List.copyOf(ids));
    return traces.stream().map(TraceInfo::traceId).distinct().count() == ids.size()
        && readsAll(caller, traces.stream().map(TraceInfo::experimentId).distinct().toList());
  }

  private static boolean deletes(Caller caller, Call call) {
    var id = call.required("experiment_id");
    return Needs.inExperiment(caller, id, ResourceType.TRACE, Action.DELETE)
        && caller.may(deletingAssessments(id));
  }

  /// Who may change the experiment may also delete assessments, unless these were granted apart.
  private static Requirement deletingAssessments(String experiment) {
    return new Requirement(
        ResourceType.ASSESSMENT, Grant.ALL, Action.DELETE, experiment(experiment, Action.UPDATE));
  }

  private static boolean mayAssess(Caller caller, Requirement experiment) {
    return caller.may(within(experiment, ResourceType.ASSESSMENT));
  }

  private static boolean judges(Caller caller, String experiment) {
    return caller.may(Requirement.of(ResourceType.ASSESSMENT, Grant.ALL, Action.NOT_DENIED))
        && (caller.may(experiment(experiment, Action.UPDATE))
            || caller.may(Requirement.of(ResourceType.TRACE, Grant.ALL, Action.UPDATE)));
  }

  private Rule.Condition assessed(BiPredicate<Caller, String> condition) {
    return (caller, call) ->
        trace(Action.READ).allows(caller, call)
            && (caller.grants().isUnrestricted()
                || found(List.of(id(call))).stream()
                    .allMatch(trace -> condition.test(caller, trace.experimentId())));
  }
}
