package io.mlopscore.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The graph as text: a list to read, Graphviz, or Mermaid.
public final class DagText {
  private final Pipeline pipeline;
  private final StageGraph graph;
  private final List<Node> nodes;

  /// @param nodes the part of the graph to show, each after what it depends on
  DagText(Pipeline pipeline, StageGraph graph, List<Node> nodes) {
    this.pipeline = pipeline;
    this.graph = graph;
    this.nodes = List.copyOf(nodes);
  }

  /// The whole graph, or only `targets` and what they depend on.
  public static DagText of(Pipeline pipeline, List<String> targets) throws IOException {
    var graph = pipeline.graph();
    var wanted = targets.isEmpty() ? graph.nodes() : pipeline.targets(graph.nodes(), targets);
    return new DagText(pipeline, graph, graph.inOrder(wanted));
  }

  private List<String> names() {
    return nodes.stream().map(pipeline::shown).sorted().toList();
  }

  /// Pairs of names, from who writes to who reads.
  private List<List<String>> edges() {
    var edges = new ArrayList<List<String>>();
    for (var node : nodes) {
      for (var before : graph.upstream(node)) {
        if (nodes.contains(before)) {
          edges.add(List.of(pipeline.shown(before), pipeline.shown(node)));
        }
      }
    }
    edges.sort(Comparator.comparing(List<String>::getFirst).thenComparing(List::getLast));
    return edges;
  }

  public String dot() {
    var text = new StringBuilder("strict digraph {\n");
    names().forEach(name -> text.append(quoted(name)).append(";\n"));
    for (var edge : edges()) {
      text.append(quoted(edge.getFirst())).append(" -> ").append(quoted(edge.getLast()));
      text.append(";\n");
    }
    return text.append("}\n").toString();
  }

  public String mermaid() {
    var text = new StringBuilder("flowchart TD\n");
    Map<String, String> ids = new LinkedHashMap<>();
    for (var name : names()) {
      var id = "node" + (ids.size() + 1);
      ids.put(name, id);
      text.append('\t').append(id).append('[').append(quoted(name)).append("]\n");
    }
    for (var edge : edges()) {
      text.append('\t').append(ids.get(edge.getFirst())).append("-->");
      text.append(ids.get(edge.getLast())).append('\n');
    }
    return text.toString();
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\\\"") + "\"";
  }

  /// A box for each node in an order in which they can run, with what it waits for beside it.
  public String boxes() {
    int width = nodes.stream().mapToInt(node -> pipeline.shown(node).length()).max().orElse(0);
    var text = new StringBuilder();
    for (var node : nodes) {
      var before = graph.upstream(node).stream().map(pipeline::shown).sorted().toList();
      var from = before.isEmpty() ? "" : "  <- " + String.join(", ", before);
      var line = "+" + "-".repeat(width + 2) + "+\n";
      text.append(line);
      text.append("| ").append(centred(pipeline.shown(node), width)).append(" |");
      text.append(from).append('\n').append(line);
    }
    return text.toString();
  }

  private static String centred(String name, int width) {
    int left = (width - name.length()) / 2;
    return " ".repeat(left) + name + " ".repeat(width - name.length() - left);
  }
}
