package io.mlopscore.console;

import java.util.Map;

/// What the forms about experiments do.
final class ExperimentChanges implements Changes {
  @Override
  public Map<String, Change> table() {
    return Map.of(
        "/experiments",
        ExperimentChanges::create,
        "/experiments/{id}/name",
        ExperimentChanges::rename,
        "/experiments/{id}/note",
        ExperimentChanges::describe,
        "/experiments/{id}/delete",
        ExperimentChanges::delete,
        "/experiments/{id}/restore",
        ExperimentChanges::restore);
  }

  private static String create(Visit visit, Form form) {
    var id = visit.store().createExperiment(form.required("name", "The name"), Map.of());
    return visit.links().experiment(id);
  }

  private static String rename(Visit visit, Form form) {
    visit.store().renameExperiment(visit.path("id"), form.required("name", "The name"));
    return visit.links().experiment(visit.path("id"));
  }

  private static String describe(Visit visit, Form form) {
    visit.store().tagExperiment(visit.path("id"), Pages.DESCRIPTION, form.text("note"));
    return visit.links().experiment(visit.path("id"));
  }

  private static String delete(Visit visit, Form form) {
    visit.store().deleteExperiment(visit.path("id"));
    return visit.links().index();
  }

  private static String restore(Visit visit, Form form) {
    visit.store().restoreExperiment(visit.path("id"));
    return visit.links().experiment(visit.path("id"));
  }
}
