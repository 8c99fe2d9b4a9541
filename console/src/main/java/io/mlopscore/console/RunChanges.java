package io.mlopscore.console;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.TrackingException;
import java.util.List;
import java.util.Map;

/// What the forms about runs do.
final class RunChanges implements Changes {
  @Override
  public Map<String, Change> table() {
    return Map.of(
        "/runs/{id}/name",
        (visit, form) -> tag(visit, "mlflow.runName", form.required("name", "The name")),
        "/runs/{id}/note",
        (visit, form) -> tag(visit, Pages.DESCRIPTION, form.text("note")),
        "/runs/{id}/tags",
        (visit, form) -> tag(visit, form.required("key", "The key"), form.text("value")),
        "/runs/{id}/tags/delete",
        RunChanges::untag,
        "/runs/{id}/restore",
        RunChanges::restore,
        "/runs/{id}/register",
        RunChanges::register,
        "/runs/delete",
        RunChanges::delete);
  }

  private static String tag(Visit visit, String key, String value) {
    var id = visit.path("id");
    visit.store().log(id, new RunBatch(List.of(), Map.of(), Map.of(key, value)));
    return visit.links().run(id);
  }

  private static String untag(Visit visit, Form form) {
    visit.store().deleteTag(visit.path("id"), form.required("key", "The key"));
    return visit.links().run(visit.path("id"));
  }

  private static String restore(Visit visit, Form form) {
    visit.store().restoreRun(visit.path("id"));
    return visit.links().run(visit.path("id"));
  }

  private static String delete(Visit visit, Form form) {
    var ids = form.all("run");
    if (ids.isEmpty()) {
      throw new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, "No run is chosen.");
    }
    var experiment = visit.store().run(ids.getFirst()).info().experimentId();
    ids.forEach(visit.store()::deleteRun);
    return visit.links().experiment(experiment);
  }

  /// Makes the model too if there is none of that name.
  private static String register(Visit visit, Form form) {
    var id = visit.path("id");
    var name = form.required("name", "The name of the model");
    var source = form.required("source", "The source");
    var registry = visit.registry();
    if (registry.registeredModel(name).isEmpty()) {
      registry.createRegisteredModel(name, Map.of(), "");
    }
    var logged = source.startsWith("m-") && !source.contains("/");
    var version =
        registry.createVersion(
            name,
            logged ? "models:/" + source : "runs:/" + id + "/" + source,
            id,
            logged ? source : null,
            Map.of());
    return visit.links().version(name, version.version());
  }
}
