package io.mlopscore.pipeline.report;

import io.mlopscore.pipeline.plots.PlotData;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Int;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// A confusion matrix.
///
/// @param rows what a row stands for
/// @param columns what a column stands for
/// @param counts by row, then column; a pair that never occurs may be absent
public record Confusion(String rows, String columns, Map<String, Map<String, Long>> counts) {
  public Confusion {
    var copy = new LinkedHashMap<String, Map<String, Long>>();
    counts.forEach((row, cells) -> copy.put(row, Map.copyOf(cells)));
    counts = Map.copyOf(copy);
  }

  /// A mapping of each label to a mapping of the same labels to counts is one, whatever it is
  /// called in a file of metrics.
  static Optional<Confusion> of(Mapping values) {
    var labels = values.entries().keySet();
    boolean isOne =
        labels.size() > 1
            && values.entries().values().stream()
                .allMatch(
                    row ->
                        row instanceof Mapping cells
                            && cells.entries().keySet().equals(labels)
                            && cells.entries().values().stream().allMatch(Confusion::isCount));
    return isOne ? Optional.of(counted(values)) : Optional.empty();
  }

  private static boolean isCount(Value value) {
    return value instanceof Int(var count) && count.signum() >= 0 && count.bitLength() < Long.SIZE;
  }

  private static Confusion counted(Mapping values) {
    var counts = new LinkedHashMap<String, Map<String, Long>>();
    values
        .entries()
        .forEach(
            (row, cells) -> {
              var of = counts.computeIfAbsent(YamlReader.text(row), _ -> new LinkedHashMap<>());
              ((Mapping) cells)
                  .entries()
                  .forEach(
                      (column, count) ->
                          of.put(YamlReader.text(column), ((Int) count).value().longValue()));
            });
    return new Confusion("actual", "predicted", counts);
  }

  /// Counts the pairs of a plot of the template `confusion`: y down, x across.
  static Confusion of(String rows, String columns, Collection<PlotData.Point> points) {
    var counts = new LinkedHashMap<String, Map<String, Long>>();
    for (var point : points) {
      counts
          .computeIfAbsent(YamlReader.text(point.y()), _ -> new LinkedHashMap<>())
          .merge(YamlReader.text(point.x()), 1L, Long::sum);
    }
    return new Confusion(rows, columns, counts);
  }

  SortedSet<String> labels() {
    var labels = new TreeSet<>(counts.keySet());
    counts.values().forEach(cells -> labels.addAll(cells.keySet()));
    return labels;
  }

  long count(String row, String column) {
    return counts.getOrDefault(row, Map.of()).getOrDefault(column, 0L);
  }

  long largest(List<String> labels) {
    return labels.stream()
        .flatMapToLong(row -> labels.stream().mapToLong(column -> count(row, column)))
        .max()
        .orElse(0);
  }
}
