package io.mlopscore.console;

import io.mlopscore.tracking.ModelStage;
import io.mlopscore.tracking.Promotion;
import java.util.Map;

/// What the forms about registered models and their versions do.
final class ModelChanges implements Changes {
  private static final String VERSION = "/models/{name}/versions/{version}";

  @Override
  public Map<String, Change> table() {
    return Map.ofEntries(
        Map.entry("/models/{name}/note", ModelChanges::describe),
        Map.entry("/models/{name}/tags", ModelChanges::tag),
        Map.entry("/models/{name}/tags/delete", ModelChanges::untag),
        Map.entry("/models/{name}/aliases", ModelChanges::promote),
        Map.entry("/models/{name}/aliases/delete", ModelChanges::removeAlias),
        Map.entry("/models/{name}/delete", ModelChanges::delete),
        Map.entry(VERSION + "/note", ModelChanges::describeVersion),
        Map.entry(VERSION + "/tags", ModelChanges::tagVersion),
        Map.entry(VERSION + "/tags/delete", ModelChanges::untagVersion),
        Map.entry(VERSION + "/stage", ModelChanges::stage),
        Map.entry(VERSION + "/delete", ModelChanges::deleteVersion));
  }

  private static String model(Visit visit) {
    return visit.links().model(visit.path("name"));
  }

  private static String describe(Visit visit, Form form) {
    visit.registry().describeRegisteredModel(visit.path("name"), form.text("note"));
    return model(visit);
  }

  private static String tag(Visit visit, Form form) {
    visit
        .registry()
        .setTag(visit.path("name"), form.required("key", "The key"), form.text("value"));
    return model(visit);
  }

  private static String untag(Visit visit, Form form) {
    visit.registry().deleteTag(visit.path("name"), form.required("key", "The key"));
    return model(visit);
  }

  /// Remembers the version that the alias leaves, as `mlops models promote` does.
  private static String promote(Visit visit, Form form) {
    new Promotion(visit.registry())
        .promote(
            visit.path("name"),
            Integer.toString(form.version()),
            form.required("alias", "The alias"));
    return model(visit);
  }

  private static String removeAlias(Visit visit, Form form) {
    visit.registry().deleteAlias(visit.path("name"), form.required("alias", "The alias"));
    return model(visit);
  }

  private static String delete(Visit visit, Form form) {
    visit.registry().deleteRegisteredModel(visit.path("name"));
    return visit.links().models();
  }

  private static String version(Visit visit) {
    return visit.links().version(visit.path("name"), VersionReading.number(visit));
  }

  private static String describeVersion(Visit visit, Form form) {
    visit
        .registry()
        .describeVersion(visit.path("name"), VersionReading.number(visit), form.text("note"));
    return version(visit);
  }

  private static String tagVersion(Visit visit, Form form) {
    visit
        .registry()
        .setVersionTag(
            visit.path("name"),
            VersionReading.number(visit),
            form.required("key", "The key"),
            form.text("value"));
    return version(visit);
  }

  private static String untagVersion(Visit visit, Form form) {
    visit
        .registry()
        .deleteVersionTag(
            visit.path("name"), VersionReading.number(visit), form.required("key", "The key"));
    return version(visit);
  }

  private static String stage(Visit visit, Form form) {
    visit
        .registry()
        .transitionStage(
            visit.path("name"),
            VersionReading.number(visit),
            ModelStage.of(form.required("stage", "The stage")),
            form.text("archive").equals("yes"));
    return version(visit);
  }

  private static String deleteVersion(Visit visit, Form form) {
    visit.registry().deleteVersion(visit.path("name"), VersionReading.number(visit));
    return model(visit);
  }
}
