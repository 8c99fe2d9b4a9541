package io.mlopscore.tracking.http;

import static io.mlopscore.tracking.auth.Requirement.experiment;
import static io.mlopscore.tracking.auth.Requirement.within;

import io.mlopscore.tracking.Prompts;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.Action;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.Grant;
import io.mlopscore.tracking.auth.Requirement;
import io.mlopscore.tracking.auth.ResourceType;
import io.mlopscore.tracking.traces.TraceInfo;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What it takes to do something with a run, a model and so on: their experiment decides, unless
/// something was granted on runs or models as such. What is not there may not be touched either, so
/// that nobody learns which ids exist.
record Needs(Tracking tracking) {
  static boolean experimentOf(Caller caller, String id, Action action) {
    return caller.may(experiment(id, action));
  }

  /// To make something in an experiment.
  static boolean creating(Caller caller, String experiment, ResourceType type) {
    return caller.may(
        List.of(
            experiment(experiment, Action.UPDATE),
            Requirement.of(type, Grant.ALL, Action.NOT_DENIED)));
  }

  static boolean inExperiment(Caller caller, String id, ResourceType type, Action action) {
    return caller.may(List.of(experiment(id, Action.READ), within(experiment(id, action), type)));
  }

  boolean run(Caller caller, String id, Action action) {
    return caller.grants().isUnrestricted()
        || experimentOfRun(id)
            .map(experiment -> inExperiment(caller, experiment, ResourceType.RUN, action))
            .orElse(false);
  }

  private Optional<String> experimentOfRun(String id) {
    return TrackingException.found(() -> tracking.store().run(id).info().experimentId());
  }

  boolean loggedModel(Caller caller, String id, Action action) {
    return caller.grants().isUnrestricted()
        || TrackingException.found(() -> tracking.store().loggedModel(id).experimentId())
            .map(experiment -> inExperiment(caller, experiment, ResourceType.LOGGED_MODEL, action))
            .orElse(false);
  }

  boolean trace(Caller caller, String id, Action action) {
    return caller.grants().isUnrestricted()
        || tracking.traces().traceInfos(List.of(id)).stream()
            .findFirst()
            .map(trace -> inExperiment(caller, trace.experimentId(), ResourceType.TRACE, action))
            .orElse(false);
  }

  /// Of some traces those that are there.
  boolean traces(Caller caller, Collection<String> ids, Action action) {
    return caller.grants().isUnrestricted()
        || tracking.traces().traceInfos(List.copyOf(ids)).stream()
            .map(TraceInfo::experimentId)
            .distinct()
            .allMatch(id -> inExperiment(caller, id, ResourceType.TRACE, action));
  }

  /// A run, and the logged models that are written with it.
  boolean runAndModels(Caller caller, String run, List<String> models) {
    return run(caller, run, Action.UPDATE)
        && models.stream()
            .filter(id -> !id.isEmpty())
            .distinct()
            .allMatch(id -> loggedModel(caller, id, Action.UPDATE));
  }

  /// A registered model or prompt; of one that is not there, as of a model.
  boolean registered(Caller caller, String name, Action action) {
    return caller.may(
        Requirement.of(type(name).orElse(ResourceType.REGISTERED_MODEL), name, action));
  }

  /// Whether it is a model or a prompt.
  Optional<ResourceType> type(String name) {
    return tracking
        .registry()
        .registeredModel(name)
        .map(model -> isPrompt(model.tags().getOrDefault(Prompts.TAG, "")))
        .map(prompt -> prompt ? ResourceType.PROMPT : ResourceType.REGISTERED_MODEL);
  }

  static boolean isPrompt(String tag) {
    return tag.equalsIgnoreCase("true");
  }

  static ResourceType versionsOf(ResourceType type) {
    return type == ResourceType.PROMPT
        ? ResourceType.PROMPT_VERSION
        : ResourceType.REGISTERED_MODEL_VERSION;
  }

  /// A version of a registered model.
  boolean version(Caller caller, String name, Action action) {
    return caller.grants().isUnrestricted()
        || type(name).map(type -> version(caller, type, name, action)).orElse(false);
  }

  /// The same of one that is known to be a model or a prompt.
  static boolean version(Caller caller, ResourceType type, String name, Action action) {
    return caller.may(version(type, name, action));
  }

  private static List<Requirement> version(ResourceType type, String name, Action action) {
    var model = Requirement.of(type, name, Action.READ);
    return action == Action.READ
        ? List.of(model, Requirement.of(versionsOf(type), Grant.ALL, Action.NOT_DENIED))
        : List.of(model, within(Requirement.of(type, name, action), versionsOf(type)));
  }

  /// A registered model with all its versions.
  boolean withVersions(Caller caller, String name, Action action) {
    return caller.grants().isUnrestricted()
        || type(name)
            .map(type -> Requirement.of(type, name, action))
            .map(model -> caller.may(List.of(model, within(model, versionsOf(model.type())))))
            .orElse(false);
  }

  /// To register a version, from what the caller may read.
  boolean creatingVersion(Caller caller, Call call) {
    var name = call.required("name");
    return caller.grants().isUnrestricted()
        || (type(name)
                .map(
                    type ->
                        caller.may(
                            List.of(
                                Requirement.of(type, name, Action.UPDATE),
                                Requirement.of(versionsOf(type), Grant.ALL, Action.NOT_DENIED))))
                .orElse(false)
            && readsSource(caller, call));
  }

  private boolean readsSource(Caller caller, Call call) {
    var source = call.text("source");
    if (source.startsWith("models:/") && !source.startsWith("models:/m-")) {
      var name = source.substring("models:/".length()).split("[/@]", 2)[0];
      return registered(caller, name, Action.READ);
    }
    return (!call.has("run_id") || run(caller, call.text("run_id"), Action.READ))
        && (!call.has("model_id") || loggedModel(caller, call.text("model_id"), Action.READ))
        && (!source.startsWith("models:/")
            || loggedModel(
                caller, source.substring("models:/".length()).split("/", 2)[0], Action.READ));
  }

  boolean experimentNamed(Caller caller, String name) {
    var found = tracking.store().experimentByName(name);
    // a name that is not there is told to be so, as MLflow does
    return found.map(each -> experimentOf(caller, each.id(), Action.READ)).orElse(true);
  }
}
