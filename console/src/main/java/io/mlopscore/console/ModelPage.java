package io.mlopscore.console;

import java.util.List;

/// A registered model with its versions, newest first.
record ModelPage(
    String name, String description, Moment updated, List<String> metricNames, List<Row> versions)
    implements Page {
  ModelPage {
    metricNames = List.copyOf(metricNames);
    versions = List.copyOf(versions);
  }

  /// @param runHref empty if the run is not known here
  /// @param metrics one per name of the page
  record Row(
      int version,
      List<String> aliases,
      String status,
      Moment created,
      String source,
      String runName,
      String runHref,
      List<Cell> metrics) {
    Row {
      aliases = List.copyOf(aliases);
      metrics = List.copyOf(metrics);
    }
  }
}
