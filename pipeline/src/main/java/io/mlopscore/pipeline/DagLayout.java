package io.mlopscore.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Where the boxes of a drawn graph are: in rows, each below those it waits for, and in a row near
/// those they are connected with.
///
/// @param places by name, in columns and rows
/// @param columns of the widest row
record DagLayout(Map<String, Place> places, double columns, int rows) {
  /// @param column of its middle; those of narrow rows may lie between two
  record Place(double column, int row) {}

  private static final int SWEEPS = 8;

  static DagLayout of(DagGraph graph) {
    var rows = rows(graph);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      order(graph, rows, sweep % 2 == 0);
    }
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    var places = new HashMap<String, Place>();
    for (int row = 0; row < rows.size(); row++) {
      var names = rows.get(row);
      for (int i = 0; i < names.size(); i++) {
        double column = (i + 0.5) * columns / names.size();
        places.put(names.get(i), new Place(column, row));
      }
    }
    return new DagLayout(Map.copyOf(places), columns, rows.size());
  }

  Place place(String name) {
    return Objects.requireNonNull(places.get(name), name);
  }

  /// A name is one row below the lowest of those it waits for.
  private static List<List<String>> rows(DagGraph graph) {
    var row = new HashMap<String, Integer>();
    var rows = new ArrayList<List<String>>();
    for (var name : graph.names()) {
      int below =
          graph.before(name).stream()
              .mapToInt(before -> row.getOrDefault(before, 0) + 1)
              .max()
              .orElse(0);
      row.put(name, below);
      while (rows.size() <= below) {
        rows.add(new ArrayList<>());
      }
      rows.get(below).add(name);
    }
    return rows;
  }

  /// Sorts each row by the mean place of those that it is connected with above, or below.
  private static void order(DagGraph graph, List<List<String>> rows, boolean above) {
    var place = new HashMap<String, Double>();
    for (var names : rows) {
      for (int i = 0; i < names.size(); i++) {
        place.put(names.get(i), (i + 0.5) / names.size());
      }
    }
    for (var names : above ? rows : rows.reversed()) {
      var wanted = new HashMap<String, Double>();
      for (var name : names) {
        double own = place.getOrDefault(name, 0.0);
        wanted.put(
            name,
            graph.edges().stream()
                .filter(edge -> name.equals(above ? edge.to() : edge.from()))
                .mapToDouble(edge -> place.getOrDefault(above ? edge.from() : edge.to(), own))
                .average()
                .orElse(own));
      }
      names.sort(Comparator.comparing((String name) -> wanted.getOrDefault(name, 0.0)));
      for (int i = 0; i < names.size(); i++) {
        place.put(names.get(i), (i + 0.5) / names.size());
      }
    }
  }
}
