package io.mlopscore.pipeline;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Who reads what from whom: stages and data, and for each those that write what it reads.
///
/// Built only when it is sound: no output written twice or inside another, no cycle.
public final class StageGraph {
  private final List<Node> nodes;
  private final Map<Node, List<Node>> upstream;

  private final Map<Node, List<Node>> downstream = new HashMap<>();

  private StageGraph(List<Node> nodes, Map<Node, List<Node>> upstream) {
    this.nodes = nodes;
    this.upstream = upstream;
    for (var node : nodes) {
      for (var before : awaited(node)) {
        downstream.computeIfAbsent(before, _ -> new ArrayList<>()).add(node);
      }
    }
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

  /// Those whose run a node waits for: frozen stages keep their place but wait for nobody.
  List<Node> awaited(Node node) {
    return node.frozen() ? List.of() : upstream(node);
  }

  /// Those that wait for a node.
  List<Node> awaiting(Node node) {
    return downstream.getOrDefault(node, List.of());
  }

  /// All that waits for a node, however far, in an order in which they can run.
  List<Node> dependents(Node node) {
    var found = reach(List.of(node), this::awaiting);
    found.remove(node);
    return inOrder(nodes.stream().filter(found::contains).toList(), this::awaited).stream()
        .filter(found::contains)
        .toList();
  }

  /// What is reached from some nodes step by step, those themselves included.
  private static Set<Node> reach(
      Collection<? extends Node> from, Function<Node, List<Node>> steps) {
    var reached = new HashSet<Node>();
    var open = new ArrayDeque<Node>(from);
    while (!open.isEmpty()) {
      var node = open.pop();
      if (reached.add(node)) {
        open.addAll(steps.apply(node));
      }
    }
    return reached;
  }

  /// The nodes a selection runs, in the order of a sequential run.
  ///
  /// @param targets what its names stand for
  List<Node> plan(List<Node> targets, StageSelection.Scope scope) {
    if (scope == StageSelection.Scope.SINGLE) {
      return targets.stream().distinct().toList();
    }
    var chosen =
        switch (scope) {
          case SINGLE, ALL -> new HashSet<>(nodes);
          case UPSTREAM -> reach(targets, this::awaited);
          case DOWNSTREAM -> reach(targets, this::awaiting);
          case PIPELINE ->
              reach(
                  targets,
                  node -> {
                    var beside = new ArrayList<>(awaited(node));
                    beside.addAll(awaiting(node));
                    return beside;
                  });
        };
    var ordered = nodes.stream().filter(chosen::contains).toList();
    return inOrder(ordered, this::awaited).stream().filter(chosen::contains).toList();
  }

  /// Each target after everything it depends on.
  public List<Node> inOrder(Collection<? extends Node> targets) {
    return inOrder(targets, this::upstream);
  }

  private record Step(Node node, Iterator<Node> before) {}

  /// Depth first, without recursion: chains may be longer than the stack.
  private List<Node> inOrder(
      Collection<? extends Node> targets, Function<Node, List<Node>> needed) {
    var done = new LinkedHashSet<Node>();
    var path = new LinkedHashSet<Node>();
    var steps = new ArrayDeque<Step>();
    for (var target : targets) {
      enter(target, needed, done, path, steps);
      while (!steps.isEmpty()) {
        var step = steps.peek();
        if (step.before.hasNext()) {
          enter(step.before.next(), needed, done, path, steps);
        } else {
          steps.pop();
          path.remove(step.node);
          done.add(step.node);
        }
      }
    }
    return List.copyOf(done);
  }

  private static void enter(
      Node node,
      Function<Node, List<Node>> needed,
      Set<Node> done,
      SequencedSet<Node> path,
      Deque<Step> steps) {
    if (done.contains(node)) {
      return;
    }
    if (!path.add(node)) {
      throw new PipelineException(
          "the stages depend on each other in a circle: %s; remove one of the dependencies"
              .formatted(circle(path, node)));
    }
    steps.push(new Step(node, needed.apply(node).iterator()));
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
      node.outputs().forEach(output -> own(owners, node, output.file(), output.path()));
      node.urlOutputs().forEach(output -> own(owners, node, output.place(), output.url()));
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

  private static void own(Map<Path, Node> owners, Node node, Path place, String written) {
    var other = owners.put(place, node);
    if (other != null) {
      throw new PipelineException(
          "output '%s' is written by %s and by %s; remove it from one of them"
              .formatted(written, place(other), place(node)));
    }
  }

  private static String place(Node node) {
    return switch (node) {
      case Stage stage -> "stage '%s' (%s)".formatted(stage.name(), stage.definition());
      case DataSource _, PartialImport _ -> "'" + node.address() + "'";
    };
  }

  private static List<Node> upstream(Node node, SortedMap<Path, Node> owners) {
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
