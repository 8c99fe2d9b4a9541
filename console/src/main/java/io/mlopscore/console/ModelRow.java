package io.mlopscore.console;

import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.RegisteredModel;
import java.util.Comparator;
import java.util.List;

/// A registered model in a list.
///
/// @param latest the number of its newest version; 0 if it has none
record ModelRow(
    String name,
    String href,
    String description,
    int latest,
    List<IndexPage.Alias> aliases,
    Moment updated) {
  ModelRow {
    aliases = List.copyOf(aliases);
  }

  static ModelRow of(RegisteredModel model, Visit visit) {
    return new ModelRow(
        model.name(),
        visit.links().model(model.name()),
        model.description(),
        model.latestVersions().stream().mapToInt(ModelVersion::version).max().orElse(0),
        aliases(model),
        visit.times().moment(model.lastUpdatedTime()));
  }

  static List<IndexPage.Alias> aliases(RegisteredModel model) {
    return model.aliases().entrySet().stream()
        .map(alias -> new IndexPage.Alias(alias.getKey(), alias.getValue()))
        .sorted(Comparator.comparing(IndexPage.Alias::name))
        .toList();
  }
}
