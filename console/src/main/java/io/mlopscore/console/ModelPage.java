package io.mlopscore.console;

import java.util.List;

/// A registered model or a prompt with its versions, newest first.
///
/// @param prompt whether it is a prompt, whose versions are texts
/// @param editable whether the reader may change it
/// @param deletable whether the reader may delete it and its aliases
record ModelPage(
    String name,
    String href,
    boolean prompt,
    String description,
    Moment updated,
    List<IndexPage.Alias> aliases,
    List<RunPage.Entry> tags,
    List<String> metricNames,
    List<Row> versions,
    boolean editable,
    boolean deletable)
    implements Page {
  ModelPage {
    aliases = List.copyOf(aliases);
    tags = List.copyOf(tags);
    metricNames = List.copyOf(metricNames);
    versions = List.copyOf(versions);
  }

  /// @param stage empty where none was given
  /// @param runHref empty if the run is not known here
  /// @param text of a prompt; empty for a model
  /// @param metrics one per name of the page
  record Row(
      int version,
      String href,
      List<String> aliases,
      String status,
      String stage,
      Moment created,
      String description,
      String source,
      String runName,
      String runHref,
      String text,
      List<Cell> metrics) {
    Row {
      aliases = List.copyOf(aliases);
      metrics = List.copyOf(metrics);
    }
  }
}
