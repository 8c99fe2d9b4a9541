package io.mlopscore.pipeline;

import io.mlopscore.pipeline.StageState.Change;
import io.mlopscore.pipeline.yaml.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The report of `status`, in the shape of `dvc status`: as text and as JSON.
public final class StatusText {
  /// The changes of one node: words by path, words by key of a parameter file, and plain remarks.
  private record Sections(
      Map<String, Object> dependencies, Map<String, Object> outputs, List<String> remarks) {}

  private final Pipeline pipeline;

  public StatusText(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  public String text(Map<Node, List<Change>> changes) {
    if (changes.isEmpty()) {
      return "Data and pipelines are up to date.\n";
    }
    var text = new StringBuilder();
    changes.forEach(
        (node, found) -> {
          text.append(pipeline.shown(node)).append(":\n");
          var sections = sections(found);
          section(text, "changed deps", sections.dependencies);
          section(text, "changed outs", sections.outputs);
          sections.remarks.forEach(remark -> text.append('\t').append(remark).append('\n'));
        });
    return text.toString();
  }

  private static void section(StringBuilder text, String title, Map<String, Object> changes) {
    if (!changes.isEmpty()) {
      text.append('\t').append(title).append(":\n");
      lines(text, changes, "\t\t");
    }
  }

  private static void lines(StringBuilder text, Map<?, ?> changes, String indent) {
    changes.forEach(
        (name, what) -> {
          if (what instanceof Map<?, ?> keys) {
            text.append(indent).append(name).append(":\n");
            lines(text, keys, indent + "\t");
          } else {
            text.append(indent).append("%-20s".formatted(what + ":")).append(name).append('\n');
          }
        });
  }

  private Sections sections(List<Change> changes) {
    var dependencies = new LinkedHashMap<String, Object>();
    var params = new LinkedHashMap<String, Map<String, String>>();
    var outputs = new LinkedHashMap<String, Object>();
    var remarks = new ArrayList<String>();
    for (var change : changes) {
      switch (change) {
        case Change.DependencyChanged(var file, var what) ->
            dependencies.put(pipeline.shown(file), what.word());
        case Change.UrlChanged(var url, var what) -> dependencies.put(url, what.word());
        case Change.ParameterChanged(var file, var key, var what) ->
            params
                .computeIfAbsent(pipeline.shown(file), _ -> new LinkedHashMap<>())
                .put(key, what.word());
        case Change.OutputChanged(var file, var what) ->
            outputs.put(pipeline.shown(file), what.word());
        case Change.UrlOutputChanged(var url, var what) -> outputs.put(url, what.word());
        case Change.UpdateAvailable(var source) -> dependencies.put(source, "update available");
        case Change.CommandChanged _ -> remarks.add("changed command");
        case Change.ChecksumChanged _ -> remarks.add("changed checksum");
        case Change.AlwaysChanged _ -> remarks.add("always changed");
      }
    }
    dependencies.putAll(params);
    return new Sections(dependencies, outputs, remarks);
  }

  public String json(Map<Node, List<Change>> changes) {
    var json = new StringBuilder("{");
    var separator = "";
    for (var entry : changes.entrySet()) {
      json.append(separator);
      JsonText.string(json, pipeline.shown(entry.getKey()));
      json.append(": [").append(String.join(", ", parts(sections(entry.getValue())))).append(']');
      separator = ", ";
    }
    return json.append("}\n").toString();
  }

  private static List<String> parts(Sections sections) {
    var parts = new ArrayList<String>();
    if (!sections.dependencies.isEmpty()) {
      parts.add("{\"changed deps\": " + object(sections.dependencies) + "}");
    }
    if (!sections.outputs.isEmpty()) {
      parts.add("{\"changed outs\": " + object(sections.outputs) + "}");
    }
    sections.remarks.forEach(remark -> parts.add("\"" + remark + "\""));
    return parts;
  }

  private static String object(Map<?, ?> map) {
    var json = new StringBuilder("{");
    var separator = "";
    for (var entry : map.entrySet()) {
      json.append(separator);
      JsonText.string(json, String.valueOf(entry.getKey()));
      json.append(": ");
      if (entry.getValue() instanceof Map<?, ?> nested) {
        json.append(object(nested));
      } else {
        JsonText.string(json, String.valueOf(entry.getValue()));
      }
      separator = ", ";
    }
    return json.append('}').toString();
  }
}
