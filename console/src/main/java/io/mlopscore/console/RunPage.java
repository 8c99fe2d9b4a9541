package io.mlopscore.console;

import java.util.List;

/// One run with everything it logged and everything made from it.
///
/// @param deleted whether it is in the bin
/// @param charted the metrics that have more than one point
/// @param pointsHref where their points are asked for
/// @param sources what can be registered as a model
/// @param editable whether the reader may change it
/// @param deletable whether the reader may delete it
record RunPage(
    String id,
    String name,
    String href,
    String experimentName,
    String experimentHref,
    String status,
    boolean deleted,
    Moment start,
    String duration,
    String user,
    String source,
    String commit,
    String description,
    List<Entry> metrics,
    List<String> charted,
    String pointsHref,
    List<Entry> params,
    List<Entry> tags,
    List<Entry> systemTags,
    List<DatasetRow> datasets,
    FileTree files,
    List<FileRow> pictures,
    List<LoggedModelRow> models,
    List<VersionRow> versions,
    List<Source> sources,
    boolean editable,
    boolean deletable)
    implements Page {
  RunPage {
    metrics = List.copyOf(metrics);
    charted = List.copyOf(charted);
    params = List.copyOf(params);
    tags = List.copyOf(tags);
    systemTags = List.copyOf(systemTags);
    datasets = List.copyOf(datasets);
    pictures = List.copyOf(pictures);
    models = List.copyOf(models);
    versions = List.copyOf(versions);
    sources = List.copyOf(sources);
  }

  /// @param exact the whole value where `value` is shortened
  record Entry(String key, String value, String exact) {}

  record DatasetRow(String name, String context, String digest, String source) {}

  record LoggedModelRow(String id, String name, String status, FileTree files) {}

  record VersionRow(String model, int version, String href, List<String> aliases) {
    VersionRow {
      aliases = List.copyOf(aliases);
    }
  }

  /// @param value what the form sends
  record Source(String value, String label) {}
}
