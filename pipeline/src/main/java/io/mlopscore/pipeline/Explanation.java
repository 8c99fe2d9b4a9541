package io.mlopscore.pipeline;

import io.mlopscore.pipeline.StageState.Change;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Says why a stage is stale: which file or value, what it was and what it is.
final class Explanation {
  private static final int MOST_FILES = 10;

  private final Pipeline pipeline;
  private final Stage stage;
  private final Optional<LockEntry> locked;
  private final Observation found;

  Explanation(Pipeline pipeline, Stage stage, Optional<LockEntry> locked, Observation found) {
    this.pipeline = pipeline;
    this.stage = stage;
    this.locked = locked;
    this.found = found;
  }

  /// Of any node, for the changes that it has.
  static List<String> lines(Pipeline pipeline, Node node, List<Change> changes) throws IOException {
    return switch (node) {
      case DataSource data -> DataExplanation.lines(pipeline, data);
      case PartialImport partial -> List.of(partial.source() + " was not downloaded yet");
      case Stage stage -> {
        var locked = pipeline.locks().entry(stage);
        var found = pipeline.observer().observe(stage, locked);
        yield new Explanation(pipeline, stage, locked, found).lines(changes);
      }
    };
  }

  /// A line for each reason, and for directories one for each file that differs.
  List<String> lines(List<Change> changes) throws IOException {
    var lines = new ArrayList<String>();
    if (locked.isEmpty()) {
      lines.add("it never ran: dvc.lock has no entry for it");
    }
    for (var change : changes) {
      add(change, lines);
    }
    return lines;
  }

  private void add(Change change, List<String> lines) throws IOException {
    switch (change) {
      case Change.AlwaysChanged _ ->
          lines.add(
              stage.alwaysChanged()
                  ? "it runs every time (always_changed)"
                  : "it runs every time: it has neither dependencies nor outputs");
      case Change.UpdateAvailable(var source) -> lines.add(source + " has changed");
      case Change.ChecksumChanged _ -> lines.add("its source was not asked yet");
      case Change.CommandChanged _ -> command(lines);
      case Change.ParameterChanged(var file, var key, _) -> parameter(file, key, lines);
      case Change.DependencyChanged(var file, var what) -> dependency(file, what, lines);
      case Change.UrlChanged(var url, _) -> url(url, lines);
      case Change.OutputChanged(var file, var what) -> output(file, what, lines);
      case Change.UrlOutputChanged(var url, _) -> urlOutput(url, lines);
    }
  }

  private void command(List<String> lines) {
    lines.add(
        "the command was %s, is %s"
            .formatted(
                text(locked.map(LockEntry::command)), text(Optional.of(stage.command().value()))));
  }

  private void parameter(Path file, String key, List<String> lines) {
    for (var params : stage.params()) {
      if (params.file().equals(file)) {
        var before =
            locked.map(entry -> entry.params().get(params.path())).flatMap(all -> all.get(key));
        lines.add(
            "%s of %s was %s, is %s"
                .formatted(
                    key,
                    pipeline.shown(file),
                    text(before),
                    text(found.param(params.path(), key))));
      }
    }
  }

  private static String text(Optional<Value> value) {
    try {
      return value.map(JsonText::of).orElse("not there");
    } catch (YamlException _) {
      // Dates are no JSON.
      return value.map(Value::toString).orElse("not there");
    }
  }

  private void dependency(Path file, Change.What what, List<String> lines) throws IOException {
    var name = pipeline.shown(file);
    for (var dependency : stage.dependencies()) {
      if (dependency.file().equals(file)) {
        var before = locked.flatMap(entry -> entry.dependency(dependency.path()));
        var now = Optional.ofNullable(found.dependencies().get(dependency.path()));
        compare("dependency " + name, before, now, file, lines);
        return;
      }
    }
    lines.add(
        what == Change.What.DELETED
            ? "the parameter file " + name + " does not exist"
            : "the parameters of " + name + " are new to it");
  }

  private void url(String url, List<String> lines) {
    var before = locked.map(all -> text(all.dependencies(), all.urls(), url, "unknown"));
    var now = text(found.dependencies(), found.urls(), url, "gone");
    lines.add("dependency %s was %s, is %s".formatted(url, before.orElse("unknown"), now));
  }

  private void urlOutput(String url, List<String> lines) {
    var before = locked.map(all -> text(all.outputs(), all.urlOutputs(), url, "unknown"));
    var now = text(found.outputs(), found.urlOutputs(), url, "gone");
    lines.add("output %s was %s, is %s".formatted(url, before.orElse("unknown"), now));
  }

  private static String text(
      Map<String, Tracked> byMd5, Map<String, UrlContent> byTag, String url, String absent) {
    var tagged = byTag.get(url);
    return tagged == null
        ? text(Optional.ofNullable(byMd5.get(url)), absent)
        : "%s %s (%d bytes)".formatted(tagged.key(), tagged.value(), tagged.size());
  }

  private void output(Path file, Change.What what, List<String> lines) throws IOException {
    var name = pipeline.shown(file);
    if (what == Change.What.NOT_IN_CACHE) {
      lines.add("the recorded content of output " + name + " is not in the cache");
      return;
    }
    for (var output : stage.outputs()) {
      if (output.file().equals(file)) {
        var before = locked.flatMap(entry -> entry.output(output.path()));
        var now = Optional.ofNullable(found.outputs().get(output.path()));
        compare("output " + name, before, now, file, lines);
      }
    }
  }

  private void compare(
      String name, Optional<Tracked> before, Optional<Tracked> now, Path file, List<String> lines)
      throws IOException {
    lines.add("%s was %s, is %s".formatted(name, text(before, "unknown"), text(now, "gone")));
    if (before.isPresent()
        && now.isPresent()
        && before.get().hash().isDirectory()
        && now.get().hash().isDirectory()
        && pipeline.cache().contains(before.get().hash())) {
      files(
          pipeline.cache().listing(before.get().hash()).files(),
          pipeline.workspace().filesIn(file, before.get().hash().isLegacy()),
          lines);
    }
  }

  private static String text(Optional<Tracked> content, String absent) {
    return content
        .map(
            found ->
                found.hash().isDirectory()
                    ? "%s (%d files, %d bytes)".formatted(found.hash(), found.files(), found.size())
                    : "%s (%d bytes)".formatted(found.hash(), found.size()))
        .orElse(absent);
  }

  private static void files(Map<String, Hash> before, Map<String, Hash> now, List<String> lines) {
    var names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    names.removeIf(name -> java.util.Objects.equals(before.get(name), now.get(name)));
    int told = 0;
    for (var name : names) {
      if (told++ == MOST_FILES) {
        lines.add("  and %d more".formatted(names.size() - MOST_FILES));
        return;
      }
      var kind = !before.containsKey(name) ? "new" : now.containsKey(name) ? "modified" : "deleted";
      lines.add("  %-10s%s".formatted(kind + ":", name));
    }
  }
}
