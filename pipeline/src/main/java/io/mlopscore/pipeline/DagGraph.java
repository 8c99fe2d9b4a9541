package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// The graph as it is shown: names, and arrows from who writes to who reads.
///
/// @param names each after those it waits for
public record DagGraph(SequencedSet<String> names, Set<Edge> edges) {
  /// In the order of their names.
  public record Edge(String from, String to) implements Comparable<Edge> {
    private static final Comparator<Edge> ORDER =
        Comparator.comparing(Edge::from).thenComparing(Edge::to);

    @Override
    public int compareTo(Edge other) {
      return ORDER.compare(this, other);
    }
  }

  /// What is shown of all there is.
  ///
  /// @param targets stages, files or outputs; empty for all
  /// @param full all that is connected with the targets, not only what they depend on
  /// @param outputs show outputs instead of stages
  /// @param collapsed show the members of a `foreach` or `matrix` as one
  public record View(List<String> targets, boolean full, boolean outputs, boolean collapsed) {
    public static final View ALL = new View(List.of(), false, false, false);

    public View {
      targets = List.copyOf(targets);
      if (outputs && collapsed) {
        throw new IllegalArgumentException(
            "`--outs` and `--collapse-foreach-matrix` are mutually exclusive");
      }
    }
  }

  public static DagGraph of(Pipeline pipeline, View view) throws IOException {
    var graph = pipeline.graph();
    var all = view.outputs ? ofOutputs(pipeline, graph) : ofNodes(pipeline, graph);
    var targets = new TreeSet<String>();
    if (!view.targets.isEmpty()) {
      for (var node : pipeline.targets(graph.nodes()).of(view.targets)) {
        targets.addAll(view.outputs ? outputs(pipeline, node) : List.of(pipeline.shown(node)));
      }
    }
    var shown = view.targets.isEmpty() ? all : all.around(targets, view.full);
    return view.collapsed ? shown.renamed(DagGraph::group) : shown;
  }

  private static DagGraph ofNodes(Pipeline pipeline, StageGraph graph) {
    var names = new LinkedHashSet<String>();
    var edges = new TreeSet<Edge>();
    for (var node : graph.inOrder(graph.nodes())) {
      names.add(pipeline.shown(node));
      for (var before : graph.upstream(node)) {
        edges.add(new Edge(pipeline.shown(before), pipeline.shown(node)));
      }
    }
    return new DagGraph(names, edges);
  }

  /// An output has an arrow from each that its stage reads from.
  private static DagGraph ofOutputs(Pipeline pipeline, StageGraph graph) {
    var names = new LinkedHashSet<String>();
    var edges = new TreeSet<Edge>();
    for (var node : graph.inOrder(graph.nodes())) {
      var written = outputs(pipeline, node);
      names.addAll(written);
      for (var before : graph.upstream(node)) {
        for (var read : outputsRead(pipeline, before, node)) {
          written.forEach(name -> edges.add(new Edge(read, name)));
        }
      }
    }
    return new DagGraph(names, edges);
  }

  private static List<String> outputs(Pipeline pipeline, Node node) {
    var names = new ArrayList<>(node.outputs().stream().map(pipeline::shown).toList());
    node.urlOutputs().forEach(output -> names.add(output.url()));
    return names;
  }

  /// The names of what one node writes and another reads.
  private static List<String> outputsRead(Pipeline pipeline, Node writer, Node reader) {
    var names = new ArrayList<String>();
    for (var output : writer.outputs()) {
      if (reads(reader, output.file())) {
        names.add(pipeline.shown(output));
      }
    }
    for (var output : writer.urlOutputs()) {
      if (reads(reader, output.place())) {
        names.add(output.url());
      }
    }
    return names;
  }

  private static boolean reads(Node node, Path place) {
    return node.dependencies().stream()
        .map(Dependency::file)
        .anyMatch(file -> file.startsWith(place) || place.startsWith(file));
  }

  private DagGraph around(Collection<String> targets, boolean full) {
    var reached = new LinkedHashSet<String>();
    var open = new ArrayDeque<>(targets);
    while (!open.isEmpty()) {
      var name = open.pop();
      if (reached.add(name)) {
        before(name).forEach(open::add);
        if (full) {
          edges.stream().filter(edge -> edge.from.equals(name)).forEach(edge -> open.add(edge.to));
        }
      }
    }
    return only(reached);
  }

  private DagGraph only(Set<String> kept) {
    var some = new LinkedHashSet<>(names);
    some.retainAll(kept);
    var between = new TreeSet<>(edges);
    between.removeIf(edge -> !kept.contains(edge.from) || !kept.contains(edge.to));
    return new DagGraph(some, between);
  }

  private static String group(String name) {
    int member = name.endsWith(".dvc") ? -1 : name.indexOf('@');
    return member < 0 ? name : name.substring(0, member);
  }

  private DagGraph renamed(UnaryOperator<String> rename) {
    var others = new LinkedHashSet<String>();
    names.forEach(name -> others.add(rename.apply(name)));
    var between = new TreeSet<Edge>();
    for (var edge : edges) {
      between.add(new Edge(rename.apply(edge.from), rename.apply(edge.to)));
    }
    return new DagGraph(others, between);
  }

  /// Those with an arrow to a name, in order.
  public List<String> before(String name) {
    return edges.stream().filter(edge -> edge.to.equals(name)).map(Edge::from).toList();
  }

  /// The parts that no arrow connects.
  public List<DagGraph> parts() {
    var part = new HashMap<String, String>();
    names.forEach(name -> part.put(name, name));
    for (var edge : edges) {
      part.put(root(part, edge.from), root(part, edge.to));
    }
    var parts = new LinkedHashMap<String, Set<String>>();
    for (var name : names) {
      parts.computeIfAbsent(root(part, name), _ -> new LinkedHashSet<>()).add(name);
    }
    var graphs = new ArrayList<DagGraph>();
    parts.values().forEach(members -> graphs.add(only(members)));
    return graphs;
  }

  private static String root(Map<String, String> part, String name) {
    var at = name;
    for (var up = part.get(at); up != null && !up.equals(at); up = part.get(at)) {
      at = up;
    }
    return at;
  }
}
