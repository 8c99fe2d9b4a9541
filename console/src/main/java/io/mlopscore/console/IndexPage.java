package io.mlopscore.console;

import java.util.List;

/// Experiments, and the registered models that changed last.
///
/// @param deleted whether those in the bin are shown
/// @param nextHref the page that follows; empty on the last
/// @param models empty beyond the first page and in a search
/// @param moreModels whether there are more
record IndexPage(
    NameSearch search,
    boolean deleted,
    List<ExperimentRow> experiments,
    String firstHref,
    String nextHref,
    boolean showsModels,
    List<ModelRow> models,
    boolean moreModels)
    implements Page {
  IndexPage {
    experiments = List.copyOf(experiments);
    models = List.copyOf(models);
  }

  record ExperimentRow(
      String name, String href, String description, long runs, Moment lastActivity) {}

  record Alias(String name, int version) {}
}
