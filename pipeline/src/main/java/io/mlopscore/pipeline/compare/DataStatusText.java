package io.mlopscore.pipeline.compare;

import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/// A [DataStatus] as `dvc data status` prints it.
///
/// @param unchanged whether to tell what is unchanged, too
public record DataStatusText(DataStatus status, boolean unchanged) {

  /// Only what there is something to tell of.
  public String json() {
    var all = Mapping.EMPTY;
    all = withAny(all, "not_in_cache", items(status.notInCache()));
    all = withAny(all, "not_in_remote", items(status.notInRemote()));
    all = withAny(all, "committed", changes(status.committed()));
    all = withAny(all, "uncommitted", changes(status.uncommitted()));
    all = withAny(all, "untracked", items(status.untracked()));
    if (unchanged) {
      all = withAny(all, "unchanged", items(status.unchanged()));
    }
    return JsonText.of(all);
  }

  private static Mapping withAny(Mapping all, String key, Value value) {
    boolean some =
        switch (value) {
          case Items(var values) -> !values.isEmpty();
          case Mapping mapping -> !mapping.entries().isEmpty();
          default -> true;
        };
    return some ? all.with(key, value) : all;
  }

  private static Items items(List<String> texts) {
    return new Items(texts.stream().map(Value::of).toList());
  }

  private static Mapping changes(List<DataChange> changes) {
    var groups = new LinkedHashMap<String, List<Value>>();
    for (var change : changes) {
      groups.computeIfAbsent(word(change), _ -> new ArrayList<>()).add(json(change));
    }
    var all = Mapping.EMPTY;
    for (var group : groups.entrySet()) {
      all = all.with(group.getKey(), new Items(group.getValue()));
    }
    return all;
  }

  private static String word(DataChange change) {
    return change.kind().name().toLowerCase(Locale.ROOT);
  }

  private static Value json(DataChange change) {
    return switch (change.kind()) {
      case RENAMED ->
          Mapping.EMPTY
              .with("old", Value.of(change.entry().shown()))
              .with("new", Value.of(change.shown()));
      case ADDED, MODIFIED, DELETED, UNCHANGED, UNKNOWN -> Value.of(change.shown());
    };
  }

  public String text() {
    var sections = new ArrayList<String>();
    section(
        sections,
        "Not in cache",
        List.of("`mlops fetch <file>...` gets them from a remote"),
        status.notInCache());
    section(
        sections,
        "Not in remote",
        List.of("`mlops push <file>...` sends them there"),
        status.notInRemote());
    section(
        sections,
        "DVC committed changes",
        List.of("`git commit` of the files that record them makes them known to others"),
        lines(status.committed()));
    section(
        sections,
        "DVC uncommitted changes",
        List.of(
            "`mlops commit <file>...` records them", "`mlops checkout <file>...` takes them back"),
        lines(status.uncommitted()));
    section(
        sections,
        "Untracked files",
        List.of("`git add <file>...` or `mlops add <file>...` keeps them"),
        status.untracked());
    if (unchanged) {
      section(sections, "DVC unchanged files", List.of(), status.unchanged());
    }
    var nothing = status.emptyGit() ? "No changes in an empty git repo.\n" : "No changes.\n";
    return (sections.isEmpty() ? nothing : String.join("\n", sections)) + git(!sections.isEmpty());
  }

  private String git(boolean others) {
    return status.dirtyGit()
        ? "(git knows of %schanges, `git status` shows them)\n".formatted(others ? "other " : "")
        : "";
  }

  private static List<String> lines(List<DataChange> changes) {
    var groups = new LinkedHashMap<String, List<String>>();
    for (var change : changes) {
      var line =
          switch (change.kind()) {
            case RENAMED -> change.entry().shown() + " -> " + change.shown();
            case ADDED, MODIFIED, DELETED, UNCHANGED, UNKNOWN -> change.shown();
          };
      groups.computeIfAbsent(word(change), _ -> new ArrayList<>()).add(word(change) + ": " + line);
    }
    return groups.values().stream().flatMap(List::stream).toList();
  }

  private static void section(
      List<String> sections, String label, List<String> hints, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    var text = new StringBuilder(label).append(":\n");
    hints.forEach(hint -> text.append("  (").append(hint).append(")\n"));
    lines.forEach(line -> text.append("        ").append(line).append('\n'));
    sections.add(text.toString());
  }
}
