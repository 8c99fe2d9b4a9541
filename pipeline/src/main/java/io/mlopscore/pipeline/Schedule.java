package io.mlopscore.pipeline;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which stage is next: in a sequential run the next of the plan, else the one with the longest way
/// to the end of the pipeline among those that may start.
final class Schedule {
  private static final Duration UNKNOWN = Duration.ofSeconds(1);

  private final StageGraph graph;
  private final int jobs;
  private final Map<String, Double> limits;
  private final Map<String, Duration> durations;
  private final SequencedSet<Node> waiting;
  private final Set<Node> running = new HashSet<>();
  private final Map<Node, Duration> wayToEnd = new HashMap<>();
  private final Map<Node, StagePolicy> policies = new HashMap<>();
  private final Map<Node, Integer> rank = new HashMap<>();

  /// How many nodes of the plan each still waits for.
  private final Map<Node, Integer> pending = new HashMap<>();

  private final SortedSet<Node> ready =
      new TreeSet<>(
          Comparator.comparing((Node node) -> wayToEnd.getOrDefault(node, Duration.ZERO))
              .reversed()
              .thenComparing(node -> rank.getOrDefault(node, 0)));

  /// @param plan each node after those it waits for
  /// @param durations usual times by address
  Schedule(
      StageGraph graph,
      List<Node> plan,
      int jobs,
      Map<String, Double> limits,
      Map<String, Duration> durations) {
    this.graph = graph;
    this.jobs = jobs;
    this.limits = limits;
    this.durations = durations;
    this.waiting = new LinkedHashSet<>(plan);
    for (var node : plan.reversed()) {
      var rest =
          graph.awaiting(node).stream()
              .map(after -> wayToEnd.getOrDefault(after, Duration.ZERO))
              .max(Comparator.naturalOrder())
              .orElse(Duration.ZERO);
      wayToEnd.put(node, rest.plus(duration(node)));
      policies.put(node, node instanceof Stage stage ? StagePolicy.of(stage) : StagePolicy.NONE);
    }
    for (var node : plan) {
      rank.put(node, rank.size());
      int before = (int) graph.awaited(node).stream().filter(waiting::contains).count();
      pending.put(node, before);
      if (before == 0) {
        ready.add(node);
      }
    }
  }

  /// The place in the plan.
  int rank(Node node) {
    return rank.getOrDefault(node, 0);
  }

  private Duration duration(Node node) {
    return node instanceof Stage stage
        ? durations.getOrDefault(stage.address(), UNKNOWN)
        : Duration.ZERO;
  }

  StagePolicy policy(Node node) {
    return policies.getOrDefault(node, StagePolicy.NONE);
  }

  /// Takes the next node out; empty when none may start now.
  Optional<Node> next() {
    if (running.size() >= jobs) {
      return Optional.empty();
    }
    if (jobs == 1) {
      return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.removeFirst());
    }
    var next = ready.stream().filter(this::mayStart).findFirst();
    next.ifPresent(
        node -> {
          ready.remove(node);
          waiting.remove(node);
        });
    return next;
  }

  private boolean mayStart(Node node) {
    var mine = policy(node);
    for (var other : running) {
      if (policy(other).mutexes().stream().anyMatch(mine.mutexes()::contains)) {
        return false;
      }
    }
    return mine.resources().entrySet().stream()
        .allMatch(resource -> fits(resource.getKey(), resource.getValue()));
  }

  /// What asks for more than there is runs when nobody else takes any.
  private boolean fits(String resource, double amount) {
    double taken = 0;
    for (var other : running) {
      taken += policy(other).resources().getOrDefault(resource, 0.0);
    }
    return taken == 0 || taken + amount <= limits.getOrDefault(resource, 1.0);
  }

  void started(Node node) {
    running.add(node);
  }

  /// A node is through: what waited for it alone may start.
  void ended(Node node) {
    running.remove(node);
    for (var after : graph.awaiting(node)) {
      if (waiting.contains(after) && pending.merge(after, -1, Integer::sum) == 0) {
        ready.add(after);
      }
    }
  }

  /// Gives up nodes that were not started.
  ///
  /// @return those that were still waiting
  List<Node> skip(Collection<Node> nodes) {
    ready.removeAll(nodes);
    return nodes.stream().filter(waiting::remove).toList();
  }

  int left() {
    return waiting.size() + running.size();
  }

  /// How long the waiting nodes that a changed one leads to usually take.
  Duration timeLeft(Set<Node> changed) {
    var total = Duration.ZERO;
    var longest = Duration.ZERO;
    var reached = new HashSet<>(changed);
    for (var node : waiting) {
      if (graph.awaited(node).stream().anyMatch(reached::contains) && node instanceof Stage stage) {
        reached.add(node);
        total = total.plus(durations.getOrDefault(stage.address(), Duration.ZERO));
        longest =
            longest.compareTo(wayToEnd.getOrDefault(node, longest)) < 0
                ? wayToEnd.getOrDefault(node, longest)
                : longest;
      }
    }
    var shared = total.dividedBy(jobs);
    return shared.compareTo(longest) < 0 && jobs > 1 ? longest : shared;
  }
}
