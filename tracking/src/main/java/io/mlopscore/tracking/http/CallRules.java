package io.mlopscore.tracking.http;

import static io.mlopscore.tracking.http.Rule.administering;
import static io.mlopscore.tracking.http.Rule.reading;
import static io.mlopscore.tracking.http.Rule.writing;

import io.mlopscore.tracking.Prompts;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.auth.Action;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.Grant;
import io.mlopscore.tracking.auth.Requirement;
import io.mlopscore.tracking.auth.ResourceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The rule of every call that is served, as MLflow 3.17 decides it. A call without a rule is for
/// admins only, and a test says that it lacks one.
final class CallRules {
  private static final Rule ADMINS = administering();

  /// A delete takes with it all that is in the experiment.
  private static final List<ResourceType> IN_EXPERIMENT =
      List.of(
          ResourceType.RUN,
          ResourceType.TRACE,
          ResourceType.LOGGED_MODEL,
          ResourceType.ASSESSMENT,
          ResourceType.REVIEW_QUEUE,
          ResourceType.SCORER,
          ResourceType.SCORER_VERSION);

  private final Needs needs;
  private final Map<String, Rule> rules = new HashMap<>();

  CallRules(Tracking tracking) {
    needs = new Needs(tracking);
    experiments();
    runs();
    metricsAndFiles();
    loggedModels();
    registry();
    rules.putAll(new TraceRules(tracking).table());
    rules.put("GET server-info", reading((_, _) -> true));
    for (var call :
        List.of(
            "POST webhooks",
            "GET webhooks",
            "GET webhooks/{webhook_id}",
            "PATCH webhooks/{webhook_id}",
            "DELETE webhooks/{webhook_id}",
            "POST webhooks/{webhook_id}/test")) {
      rules.put(call, ADMINS);
    }
  }

  /// @param name such as `POST runs/create`
  Rule of(String name) {
    return rules.getOrDefault(name, ADMINS);
  }

  boolean has(String name) {
    return rules.containsKey(name);
  }

  private void experiments() {
    rules.put(
        "POST experiments/create",
        writing((caller, _) -> creatable(caller, ResourceType.EXPERIMENT, Grant.ALL)));
    rules.put("GET experiments/get", reading(experiment(Action.READ)));
    rules.put(
        "GET experiments/get-by-name",
        reading((caller, call) -> needs.experimentNamed(caller, call.required("experiment_name"))));
    rules.put("GET experiments/search", reading((_, _) -> true)); // narrowed
    rules.put("POST experiments/search", reading((_, _) -> true));
    for (var call : List.of("update", "set-experiment-tag", "delete-experiment-tag")) {
      rules.put("POST experiments/" + call, writing(experiment(Action.UPDATE)));
    }
    rules.put("POST experiments/delete", writing(CallRules::deletesExperiment));
    rules.put("POST experiments/restore", writing(CallRules::deletesExperiment));
    rules.put(
        "POST experiments/search-datasets",
        reading(
            (caller, call) ->
                call.texts("experiment_ids").stream()
                    .allMatch(id -> Needs.experimentOf(caller, id, Action.READ))));
  }

  private static boolean creatable(Caller caller, ResourceType type, String id) {
    return caller.may(Requirement.of(type, id, Action.NOT_DENIED));
  }

  private static Rule.Condition experiment(Action action) {
    return (caller, call) -> Needs.experimentOf(caller, call.required("experiment_id"), action);
  }

  private static boolean deletesExperiment(Caller caller, Call call) {
    var experiment = Requirement.experiment(call.required("experiment_id"), Action.DELETE);
    return caller.may(experiment)
        && IN_EXPERIMENT.stream()
            .allMatch(type -> caller.may(Requirement.within(experiment, type)));
  }

  private Rule.Condition run(Action action) {
    return (caller, call) -> needs.run(caller, call.run(), action);
  }

  private void runs() {
    rules.put(
        "POST runs/create",
        writing(
            (caller, call) ->
                Needs.creating(caller, call.required("experiment_id"), ResourceType.RUN)));
    rules.put("GET runs/get", reading(run(Action.READ)));
    rules.put("POST runs/search", reading((_, _) -> true)); // narrowed
    for (var call : List.of("update", "log-parameter", "set-tag", "delete-tag", "log-model")) {
      rules.put("POST runs/" + call, writing(run(Action.UPDATE)));
    }
    rules.put(
        "POST runs/log-metric",
        writing(
            (caller, call) ->
                needs.runAndModels(caller, call.run(), List.of(call.text("model_id")))));
    rules.put("POST runs/log-batch", writing(withModelsOf("metrics")));
    rules.put("POST runs/log-inputs", writing(withModelsOf("models")));
    rules.put("POST runs/outputs", writing(withModelsOf("models")));
    rules.put("POST runs/delete", writing(run(Action.DELETE)));
    rules.put("POST runs/restore", writing(run(Action.DELETE)));
  }

  private Rule.Condition withModelsOf(String list) {
    return (caller, call) ->
        needs.runAndModels(
            caller, call.run(), call.objects(list).map(each -> each.text("model_id")).toList());
  }

  private void metricsAndFiles() {
    rules.put("GET metrics/get-history", reading(run(Action.READ)));
    rules.put("GET metrics/get-history-bulk", reading(everyRun("run_id")));
    rules.put("GET metrics/get-history-bulk-interval", reading(everyRun("run_ids")));
    rules.put("GET artifacts/list", reading(run(Action.READ)));
    rules.put("POST artifacts/presigned-download-url", reading(run(Action.READ)));
    rules.put(
        "POST artifacts/presigned-upload-url",
        writing(
            (caller, call) ->
                call.text("model_id").isEmpty()
                    ? needs.run(caller, call.run(), Action.UPDATE)
                    : needs.loggedModel(caller, call.text("model_id"), Action.UPDATE)));
  }

  private Rule.Condition everyRun(String field) {
    return (caller, call) ->
        call.texts(field).stream().allMatch(id -> needs.run(caller, id, Action.READ));
  }

  private Rule.Condition model(Action action) {
    return (caller, call) -> needs.loggedModel(caller, call.required("model_id"), action);
  }

  private void loggedModels() {
    rules.put(
        "POST logged-models",
        writing(
            (caller, call) ->
                Needs.creating(caller, call.required("experiment_id"), ResourceType.LOGGED_MODEL)
                    && (call.text("source_run_id").isEmpty()
                        || needs.run(caller, call.text("source_run_id"), Action.READ))));
    rules.put("POST logged-models/search", reading((_, _) -> true)); // narrowed
    rules.put("GET logged-models/{model_id}", reading(model(Action.READ)));
    rules.put("GET logged-models/{model_id}/artifacts/directories", reading(model(Action.READ)));
    rules.put("PATCH logged-models/{model_id}", writing(model(Action.UPDATE)));
    rules.put("PATCH logged-models/{model_id}/tags", writing(model(Action.UPDATE)));
    rules.put("POST logged-models/{model_id}/params", writing(model(Action.UPDATE)));
    rules.put("DELETE logged-models/{model_id}/tags/{tag_key}", writing(model(Action.DELETE)));
    rules.put("DELETE logged-models/{model_id}", writing(model(Action.DELETE)));
  }

  private Rule.Condition registered(Action action) {
    return (caller, call) -> needs.registered(caller, call.required("name"), action);
  }

  private Rule.Condition version(Action action) {
    return (caller, call) -> needs.version(caller, call.required("name"), action);
  }

  private Rule.Condition both(Rule.Condition one, Rule.Condition other) {
    return (caller, call) -> one.allows(caller, call) && other.allows(caller, call);
  }

  private void registry() {
    rules.put(
        "POST registered-models/create",
        writing(
            (caller, call) ->
                creatable(
                    caller,
                    Needs.isPrompt(call.pairs("tags").getOrDefault(Prompts.TAG, ""))
                        ? ResourceType.PROMPT
                        : ResourceType.REGISTERED_MODEL,
                    call.required("name"))));
    rules.put("GET registered-models/get", reading(registered(Action.READ)));
    rules.put("GET registered-models/search", reading((_, _) -> true)); // narrowed
    rules.put("POST registered-models/rename", writing(registered(Action.UPDATE)));
    rules.put("PATCH registered-models/update", writing(registered(Action.UPDATE)));
    rules.put("POST registered-models/set-tag", writing(registered(Action.UPDATE)));
    rules.put("DELETE registered-models/delete-tag", writing(registered(Action.UPDATE)));
    rules.put(
        "DELETE registered-models/delete",
        writing(
            (caller, call) -> needs.withVersions(caller, call.required("name"), Action.DELETE)));
    rules.put("GET registered-models/get-latest-versions", reading(version(Action.READ)));
    rules.put("POST registered-models/get-latest-versions", reading(version(Action.READ)));
    rules.put("GET registered-models/alias", reading(version(Action.READ)));
    rules.put(
        "POST registered-models/alias",
        writing(both(registered(Action.UPDATE), version(Action.READ))));
    rules.put(
        "DELETE registered-models/alias",
        writing(both(registered(Action.DELETE), version(Action.READ))));
    versions();
  }

  private void versions() {
    rules.put("POST model-versions/create", writing(needs::creatingVersion));
    rules.put("GET model-versions/get", reading(version(Action.READ)));
    rules.put("GET model-versions/search", reading((_, _) -> true)); // narrowed
    rules.put("GET model-versions/get-download-uri", reading(version(Action.READ)));
    rules.put("PATCH model-versions/update", writing(version(Action.UPDATE)));
    rules.put("POST model-versions/transition-stage", writing(version(Action.UPDATE)));
    rules.put("POST model-versions/set-tag", writing(version(Action.UPDATE)));
    rules.put("DELETE model-versions/delete-tag", writing(version(Action.DELETE)));
    rules.put("DELETE model-versions/delete", writing(version(Action.DELETE)));
  }
}
