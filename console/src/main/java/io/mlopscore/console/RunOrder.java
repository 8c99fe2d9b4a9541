package io.mlopscore.console;

import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// By which column runs are sorted.
///
/// @param column `run`, `status`, `start`, `duration`, `params.<name>`, `tags.<name>` or
///     `metrics.<name>`
record RunOrder(String column, boolean descending) {
  private static final String START = "start";

  /// @param column by start if it is none
  /// @param direction `asc`, otherwise descending
  static RunOrder of(String column, String direction) {
    return new RunOrder(knows(column) ? column : START, !direction.equals("asc"));
  }

  static boolean knows(String column) {
    return switch (column) {
      case "run", "status", START, "duration" -> true;
      default ->
          column.startsWith(Column.METRICS)
              || column.startsWith(Column.PARAMS)
              || column.startsWith(Column.TAGS);
    };
  }

  boolean isUsual() {
    return column.equals(START) && descending;
  }

  String word() {
    return descending ? "desc" : "asc";
  }

  /// The same in MLflow's language, for as many runs as there are; empty where it has no words for
  /// it. It sorts params and tags as texts.
  Optional<String> clause() {
    return field().map(field -> field + (descending ? " DESC" : " ASC"));
  }

  private Optional<String> field() {
    return switch (column) {
      case "run" -> Optional.of("attributes.run_name");
      case "status" -> Optional.of("attributes.status");
      case START -> Optional.of("attributes.start_time");
      case "duration" -> Optional.empty();
      default -> quoted(Column.name(column)).map(name -> group() + name);
    };
  }

  private String group() {
    return column.substring(0, column.indexOf('.') + 1);
  }

  /// MLflow knows no escape.
  private static Optional<String> quoted(String name) {
    if (!name.contains("`")) {
      return Optional.of("`" + name + "`");
    }
    return name.contains("\"") ? Optional.empty() : Optional.of("\"" + name + "\"");
  }

  /// Whether all runs must be at hand to be sorted as people expect it: params by their numbers.
  boolean needsAll() {
    return column.equals("duration") || column.startsWith(Column.PARAMS) || field().isEmpty();
  }

  /// Runs that lack the value come last either way.
  List<Run> sort(List<Run> runs) {
    var having = runs.stream().filter(this::has).sorted(direction()).toList();
    var lacking = runs.stream().filter(run -> !has(run)).toList();
    return Stream.concat(having.stream(), lacking.stream()).toList();
  }

  private boolean has(Run run) {
    if (column.startsWith(Column.PARAMS)) {
      return run.params().containsKey(Column.name(column));
    }
    if (column.startsWith(Column.TAGS)) {
      return run.tags().containsKey(Column.name(column));
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
      return comparing(run -> run.params().getOrDefault(Column.name(column), ""));
    }
    if (column.startsWith(Column.TAGS)) {
      return comparing(run -> run.tags().getOrDefault(Column.name(column), ""));
    }
    return switch (column) {
      case "run" -> Comparator.comparing(run -> run.info().runName());
      case "status" -> Comparator.comparing(run -> run.info().status());
      case "duration" -> Comparator.comparingLong(RunOrder::duration);
      default -> Comparator.comparingLong(run -> run.info().startTime());
    };
  }

  private static Comparator<Run> comparing(Function<Run, String> text) {
    return Comparator.comparing(text, RunOrder::natural);
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
