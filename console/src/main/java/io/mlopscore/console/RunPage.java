package io.mlopscore.console;

import java.util.List;

/// One run with everything it logged and everything made from it.
record RunPage(
    String id,
    String name,
    String experimentName,
    String experimentHref,
    String status,
    Moment start,
    String duration,
    String user,
    String source,
    String commit,
    String description,
    List<Entry> metrics,
    List<Entry> params,
    List<Entry> tags,
    List<Entry> systemTags,
    List<DatasetRow> datasets,
    List<FileRow> files,
    List<LoggedModelRow> models,
    List<VersionRow> versions)
    implements Page {
  RunPage {
    metrics = List.copyOf(metrics);
    params = List.copyOf(params);
    tags = List.copyOf(tags);
    systemTags = List.copyOf(systemTags);
    datasets = List.copyOf(datasets);
    files = List.copyOf(files);
    models = List.copyOf(models);
    versions = List.copyOf(versions);
  }

  List<FileRow> pictures() {
    return files.stream().filter(FileRow::picture).toList();
  }

  /// @param exact the whole value where `value` is shortened
  record Entry(String key, String value, String exact) {}

  record DatasetRow(String name, String context, String digest, String source) {}

  record LoggedModelRow(String id, String name, String status, List<FileRow> files) {
    LoggedModelRow {
      files = List.copyOf(files);
    }
  }

  record VersionRow(String model, int version, String href, List<String> aliases) {
    VersionRow {
      aliases = List.copyOf(aliases);
    }
  }
}
