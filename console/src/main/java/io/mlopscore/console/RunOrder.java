package io.mlopscore.console;

import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.Run;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// By which column runs are sorted.
///
/// @param column `run`, `status`, `start`, `duration`, `params.<name>` or `metrics.<name>`;
///     by start if it is none of these
record RunOrder(String column, boolean descending) {
  /// Runs that lack the value come last either way.
  List<Run> sort(List<Run> runs) {
    var having = runs.stream().filter(this::has).sorted(direction()).toList();
    var lacking = runs.stream().filter(run -> !has(run)).toList();
    return Stream.concat(having.stream(), lacking.stream()).toList();
  }

  private boolean has(Run run) {
    if (column.startsWith(Column.PARAMS)) {
      return run.params().containsKey(column.substring(Column.PARAMS.length()));
    }
    return !column.startsWith(Column.METRICS)
        || run.metrics().stream().anyMatch(metric -> isColumn(metric) && !isNaN(metric));
  }

  private static boolean isNaN(Metric metric) {
    return Double.isNaN(metric.value());
  }

  private boolean isColumn(Metric metric) {
    return column.equals(Column.METRICS + metric.key());
  }

  private Comparator<Run> direction() {
    var ascending = ascending();
    return descending ? ascending.reversed() : ascending;
  }

  private Comparator<Run> ascending() {
    if (column.startsWith(Column.METRICS)) {
      return Comparator.comparingDouble(this::metric);
    }
    if (column.startsWith(Column.PARAMS)) {
      var name = column.substring(Column.PARAMS.length());
      return Comparator.comparing(run -> run.params().getOrDefault(name, ""), RunOrder::natural);
    }
    return switch (column) {
      case "run" -> Comparator.comparing(run -> run.info().runName());
      case "status" -> Comparator.comparing(run -> run.info().status());
      case "duration" -> Comparator.comparingLong(RunOrder::duration);
      default -> Comparator.comparingLong(run -> run.info().startTime());
    };
  }

  private double metric(Run run) {
    return run.metrics().stream().filter(this::isColumn).findFirst().map(Metric::value).orElse(0.0);
  }

  private static long duration(Run run) {
    var end = run.info().endTime();
    return end == null ? Long.MAX_VALUE : end - run.info().startTime();
  }

  /// Numbers by value and before words.
  private static int natural(String left, String right) {
    var numbers = Comparator.comparingDouble(RunOrder::number).compare(left, right);
    return numbers != 0 ? numbers : left.compareTo(right);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return Double.POSITIVE_INFINITY;
    }
  }
}
