package io.mlopscore.pipeline;

import java.util.LinkedHashMap;

/// The graph as text: a list to read, Graphviz, or Mermaid.
public record DagText(DagGraph graph) {
  public String dot() {
    var text = new StringBuilder("strict digraph {\n");
    graph.names().stream().sorted().forEach(name -> text.append(quoted(name)).append(";\n"));
    for (var edge : graph.edges()) {
      text.append(quoted(edge.from())).append(" -> ").append(quoted(edge.to())).append(";\n");
    }
    return text.append("}\n").toString();
  }

  public String mermaid() {
    var text = new StringBuilder("flowchart TD\n");
    int number = 0;
    for (var part : graph.parts()) {
      var ids = new LinkedHashMap<String, String>();
      for (var name : part.names().stream().sorted().toList()) {
        var id = "node" + ++number;
        ids.put(name, id);
        text.append('\t').append(id).append('[').append(quoted(name)).append("]\n");
      }
      for (var edge : part.edges()) {
        text.append('\t').append(ids.get(edge.from())).append("-->");
        text.append(ids.get(edge.to())).append('\n');
      }
    }
    return text.toString();
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\\\"") + "\"";
  }

  /// A box for each node in an order in which they can run, with what it waits for beside it.
  public String boxes() {
    int width = graph.names().stream().mapToInt(String::length).max().orElse(0);
    var text = new StringBuilder();
    for (var name : graph.names()) {
      var before = graph.before(name);
      var from = before.isEmpty() ? "" : "  <- " + String.join(", ", before);
      var line = "+" + "-".repeat(width + 2) + "+\n";
      text.append(line);
      text.append("| ").append(centred(name, width)).append(" |");
      text.append(from).append('\n').append(line);
    }
    return text.toString();
  }

  private static String centred(String name, int width) {
    int left = (width - name.length()) / 2;
    return " ".repeat(left) + name + " ".repeat(width - name.length() - left);
  }
}
