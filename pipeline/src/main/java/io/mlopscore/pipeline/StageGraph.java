package io.mlopscore.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Who reads what from whom: stages and data, and for each those that write what it reads.
///
/// Built only when it is sound: no output written twice or inside another, no cycle.
public final class StageGraph {
  private final List<Node> nodes;
  private final Map<Node, List<Node>> upstream;

  private StageGraph(List<Node> nodes, Map<Node, List<Node>> upstream) {
    this.nodes = nodes;
    this.upstream = upstream;
  }

  static StageGraph of(List<Node> nodes) {
    var owners = owners(nodes);
    var upstream = new LinkedHashMap<Node, List<Node>>();
    for (var node : nodes) {
      upstream.put(node, upstream(node, owners));
    }
    var graph = new StageGraph(List.copyOf(nodes), upstream);
    graph.inOrder(nodes);
    return graph;
  }

  public List<Node> nodes() {
    return nodes;
  }

  /// The nodes that write what `node` reads.
  public List<Node> upstream(Node node) {
    return upstream.getOrDefault(node, List.of());
  }

  /// Each target after everything it depends on.
  public List<Node> inOrder(Collection<? extends Node> targets) {
    var done = new LinkedHashSet<Node>();
    for (var target : targets) {
      visit(target, done, new LinkedHashSet<>());
    }
    return List.copyOf(done);
  }

  private void visit(Node node, Set<Node> done, SequencedSet<Node> path) {
    if (done.contains(node)) {
      return;
    }
    if (!path.add(node)) {
      throw new PipelineException(
          "the stages depend on each other in a circle: %s; remove one of the dependencies"
              .formatted(circle(path, node)));
    }
    for (var before : upstream(node)) {
      visit(before, done, path);
    }
    path.remove(node);
    done.add(node);
  }

  private static String circle(SequencedSet<Node> path, Node again) {
    var names = new ArrayList<String>();
    for (var node : path) {
      if (!names.isEmpty() || node.equals(again)) {
        names.add("'" + node.address() + "'");
      }
    }
    names.add("'" + again.address() + "'");
    return String.join(" -> ", names);
  }

  private static SortedMap<Path, Node> owners(List<Node> nodes) {
    var owners = new TreeMap<Path, Node>();
    for (var node : nodes) {
      for (var output : node.outputs()) {
        var other = owners.put(output.file(), node);
        if (other != null) {
          throw new PipelineException(
              "output '%s' is written by %s and by %s; remove it from one of them"
                  .formatted(output.path(), place(other), place(node)));
        }
      }
    }
    for (var entry : owners.entrySet()) {
      for (var at = entry.getKey().getParent(); at != null; at = at.getParent()) {
        var outer = owners.get(at);
        if (outer != null) {
          throw new PipelineException(
              "output '%s' of %s is inside output '%s' of %s; give them separate paths"
                  .formatted(
                      entry.getKey().getFileName(),
                      place(entry.getValue()),
                      at.getFileName(),
                      place(outer)));
        }
      }
    }
    return owners;
  }

  private static String place(Node node) {
    return switch (node) {
      case Stage stage -> "stage '%s' (%s)".formatted(stage.name(), stage.definition());
      case DataSource data -> "'" + data.address() + "'";
    };
  }

  /// Frozen stages keep their place but wait for nobody.
  private static List<Node> upstream(Node node, SortedMap<Path, Node> owners) {
    if (node.frozen()) {
      return List.of();
    }
    var before = new LinkedHashSet<Node>();
    for (var dependency : node.dependencies()) {
      before.addAll(writers(dependency.file(), owners));
    }
    if (before.contains(node)) {
      throw new PipelineException(
          "%s reads what it writes itself; remove it from deps or outs".formatted(place(node)));
    }
    return List.copyOf(before);
  }

  /// Whoever writes the path, a directory around it, or something inside it.
  private static List<Node> writers(Path path, SortedMap<Path, Node> owners) {
    for (Path at = path; at != null; at = at.getParent()) {
      var owner = owners.get(at);
      if (owner != null) {
        return List.of(owner);
      }
    }
    var inside = new ArrayList<Node>();
    for (var entry : owners.tailMap(path).entrySet()) {
      if (entry.getKey().startsWith(path)) {
        inside.add(entry.getValue());
      }
    }
    return inside;
  }
}
