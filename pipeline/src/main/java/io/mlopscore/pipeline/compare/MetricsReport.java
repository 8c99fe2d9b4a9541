package io.mlopscore.pipeline.compare;

import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The metrics of several revisions side by side, in the shapes of `dvc metrics show`.
public final class MetricsReport {
  /// What the workspace is called among revisions.
  public static final String WORKSPACE = "workspace";

  private final Map<String, ValueFiles> revisions = new LinkedHashMap<>();
  private final Map<String, String> failures = new LinkedHashMap<>();

  /// @param revision its name; empty for the workspace alone
  public void add(String revision, ValueFiles metrics) {
    revisions.put(revision, metrics);
  }

  /// Tells of a revision that it could not be read.
  public void fail(String revision, String reason) {
    revisions.put(revision, ValueFiles.NONE);
    failures.put(revision, reason);
  }

  /// Leaves out the workspace where it has what its branch has.
  public void hideUnchanged(String branch) {
    revisions.remove(WORKSPACE, revisions.get(branch));
  }

  /// Revision, `data`, file, `data`, values; `error` stands for data that could not be read.
  public String json() {
    var all = new LinkedHashMap<Value, Value>();
    revisions.forEach(
        (revision, metrics) -> {
          var failure = failures.get(revision);
          all.put(Value.of(revision), failure == null ? data(metrics) : error(failure));
        });
    return JsonText.of(new Mapping(all));
  }

  private static Mapping error(String reason) {
    return Mapping.EMPTY.with(
        "error",
        Mapping.EMPTY.with("type", Value.of("DvcException")).with("msg", Value.of(reason)));
  }

  private static Mapping data(ValueFiles metrics) {
    var files = new LinkedHashMap<Value, Value>();
    metrics.files().forEach((file, values) -> files.put(Value.of(file), values.json(file)));
    return Mapping.EMPTY.with("data", new Mapping(files));
  }

  /// A row for each file of each revision, a column for each metric, by name.
  public Table table(int precision) {
    boolean several = !revisions.containsKey("");
    var names = names();
    var headings = new ArrayList<>(several ? List.of("Revision", "Path") : List.of("Path"));
    headings.addAll(names);
    var table = new Table(headings);
    revisions.forEach(
        (revision, metrics) ->
            metrics
                .files()
                .forEach(
                    (file, values) -> {
                      var row = new ArrayList<>(several ? List.of(revision, file) : List.of(file));
                      var flat = values.dotted();
                      names.forEach(
                          name ->
                              row.add(Table.cell(Optional.ofNullable(flat.get(name)), precision)));
                      table.row(row);
                    }));
    return table;
  }

  private List<String> names() {
    var names = new TreeSet<>(JsonText.BY_CODE_POINT);
    for (var metrics : revisions.values()) {
      metrics.files().values().forEach(values -> names.addAll(values.dotted().keySet()));
    }
    return List.copyOf(names);
  }
}
