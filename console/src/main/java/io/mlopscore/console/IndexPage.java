package io.mlopscore.console;

import java.util.List;

/// All experiments and all registered models.
record IndexPage(List<ExperimentRow> experiments, List<ModelRow> models) implements Page {
  IndexPage {
    experiments = List.copyOf(experiments);
    models = List.copyOf(models);
  }

  /// @param runs how many there are; ends with `+` where counting stopped
  record ExperimentRow(String name, String href, String runs, Moment lastActivity) {}

  record ModelRow(
      String name,
      String href,
      String description,
      int versions,
      List<Alias> aliases,
      Moment updated) {
    ModelRow {
      aliases = List.copyOf(aliases);
    }
  }

  record Alias(String name, int version) {}
}
